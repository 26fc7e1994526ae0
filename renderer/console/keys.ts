import { CameraId } from '#contract/values/index.ts';
import type { ConsoleView } from './consoleView.ts';

/** Where the search box is found by its key. */
export const searchBoxId = 'console-search';
/** Where the mini wall is found by its key: the cell that takes the focus. */
export const wallFocusId = 'mini-wall-focus';

/** Where the preview's picture is found by its key. */
export const previewFocusId = 'preview-screen';
/** Where the list of incidents is found by its key. */
export const incidentListId = 'incident-list';
/** Where the map is found by its key. */
export const mapFocusId = 'console-map';
/** Where the purpose is found by its key. */
export const purposeKeyId = 'console-purpose';

/** Where displays are joined by key. */
export const joinKeyId = 'console-join';

/** Where the commands that wait for a word are found by their key. */
export const waitingListId = 'console-waiting';

const places: ReadonlyMap<string, string> = new Map([
  ['i', incidentListId],
  ['t', 'camera-tree'],
  ['m', mapFocusId],
  ['p', previewFocusId],
  ['w', wallFocusId],
]);

const parts: ReadonlySet<string> = new Set(['l', 'h', 's', 'e']);

/** Keys that work everywhere in the console; returns the unsubscriber. Listed for people in HelpOverlay. */
export function listenForKeys(page: Window, view: ConsoleView): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'F1') {
      event.preventDefault();
      return view.showHelp(view.store.getState().isHelpOpen ? 'closed' : 'open');
    }
    if (event.ctrlKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      return focus(page.document, searchBoxId);
    }
    if (isTyping(event.target)) return;
    if (event.ctrlKey && event.key.toLowerCase() === 'z') {
      event.preventDefault();
      return view.undo();
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (parts.has(event.key)) return togglePart(event, view);
    if (event.key === 'o') return page.document.querySelector<HTMLElement>(`#${waitingListId} button`)?.focus();
    if (event.key === 'g') return page.document.getElementById(joinKeyId)?.click();
    if (event.key === 'r') return page.document.getElementById(purposeKeyId)?.click();
    const place = places.get(event.key);
    if (place !== undefined) return focus(page.document, place);
    if (event.key !== 'Escape') return;
    view.pickUp(null);
    view.showLink('closed');
  };
  page.addEventListener('keydown', onKeyDown);
  return () => page.removeEventListener('keydown', onKeyDown);
}

function togglePart(event: KeyboardEvent, view: ConsoleView): void {
  const { isLinkOpen, isHealthOpen, evidenceShown } = view.store.getState();
  switch (event.key) {
    case 'l':
      return view.showLink(isLinkOpen ? 'closed' : 'open');
    case 'h':
      return view.showHealth(isHealthOpen ? 'closed' : 'open');
    case 'e':
      return view.showEvidence(evidenceShown === 'closed' ? 'all' : 'closed');
    case 's':
      // The form takes the focus: the key itself must not be typed into it.
      event.preventDefault();
      lookAtHeld(event.target, view);
      view.showTaking('open');
  }
}

/** The camera of the cell that has the focus, where one has. */
function lookAtHeld(target: EventTarget | null, view: ConsoleView): void {
  const cameraId = CameraId.safeParse(target instanceof HTMLElement ? target.dataset['camera'] : undefined);
  if (cameraId.success) view.look(cameraId.data);
}

function focus(page: Document, id: string): void {
  page.getElementById(id)?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
