import type { KeyboardEvent } from 'react';
import { drawingKinds } from '#contract/map/index.ts';
import type { MapDesk } from '../mapDesk.ts';

/** Keys of drawing while the map has the focus; what they take, the map's other keys do not see. Listed for people in the console's help. */
export function onDrawingKey(event: KeyboardEvent, desk: MapDesk): void {
  if (!takes(event, desk)) return;
  event.preventDefault();
  event.stopPropagation();
}

function takes(event: KeyboardEvent, desk: MapDesk): boolean {
  const { drawing } = desk;
  const { isOpen } = drawing.store.getState();
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (isTyping) return leaveField(event);
  if (event.ctrlKey && event.key.toLowerCase() === 'z' && isOpen) {
    drawing.undo();
    return true;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  if (event.key === 'd') {
    drawing.open(isOpen ? 'closed' : 'open');
    return true;
  }
  if (event.key === 'v') {
    desk.follow(desk.store.getState().following === 'live' ? 'own' : 'live');
    return true;
  }
  return isOpen && takesOpen(event, desk);
}

/** Out of the words that are being written and back to the map; all other keys are letters there. */
function leaveField(event: KeyboardEvent): boolean {
  const isDone = event.key === 'Escape' || (event.key === 'Enter' && event.target instanceof HTMLInputElement);
  // Enter ends a word of an input method first.
  if (!isDone || event.nativeEvent.isComposing) return false;
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
  return true;
}

/** Keys of the open bar. */
function takesOpen(event: KeyboardEvent, desk: MapDesk): boolean {
  const { drawing } = desk;
  const { tool, selected } = drawing.store.getState();
  const kind = drawingKinds[Number(event.key) - 1];
  if (kind !== undefined) drawing.pick(kind);
  else if (event.key === 'Delete' && selected !== null) drawing.erase(selected);
  else if (event.key === 'Escape') {
    // A tool to choose with lies further in than the open bar.
    if (desk.selection.store.getState().tool !== null) return false;
    drawing.stepBack();
  } else if (tool === null || event.target instanceof HTMLButtonElement) return false;
  else if (event.key === 'Enter') drawing.finish();
  else if (event.key === ' ') addMiddle(desk);
  else return false;
  return true;
}

/** The place in the middle of the map, to which the arrows bring any other. */
function addMiddle(desk: MapDesk): void {
  const center = desk.engine()?.view().center;
  if (center !== undefined) desk.drawing.addPoint([center[0], center[1]]);
}
