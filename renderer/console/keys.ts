import { CameraId } from '#contract/values/index.ts';
import type { MapDesk } from '../map/index.ts';
import type { ConsoleView } from './consoleView.ts';
import { startToolFromOutside, toolOf } from './mapKeys.ts';

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
export function listenForKeys(page: Window, { view, desk }: { view: ConsoleView; desk: MapDesk }): () => void {
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
    if (toolOf(event.key) !== null) return takeTool(event, { page: page.document, desk });
    if (event.key !== 'Escape') return goTo(event.key, page.document);
    view.pickUp(null);
    view.showLink('closed');
  };
  page.addEventListener('keydown', onKeyDown);
  return () => page.removeEventListener('keydown', onKeyDown);
}

function goTo(key: string, page: Document): void {
  if (key === 'o') return page.querySelector<HTMLElement>(`#${waitingListId} button`)?.focus();
  if (key === 'g') return page.getElementById(joinKeyId)?.click();
  if (key === 'r') return page.getElementById(purposeKeyId)?.click();
  const place = places.get(key);
  if (place !== undefined) focus(page, place);
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

/**
 * A tool of the map, around what was chosen anywhere: in the list of incidents as well as on the map. The keys that go on with it are the map's,
 * so that the map takes the focus; behind an open dialog nothing is begun.
 */
function takeTool({ key, target }: KeyboardEvent, { page, desk }: { page: Document; desk: MapDesk }): void {
  const tool = toolOf(key);
  if (tool === null || (target instanceof Element && target.closest('[role="dialog"]') !== null)) return;
  startToolFromOutside(desk, tool);
  focus(page, mapFocusId);
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
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
