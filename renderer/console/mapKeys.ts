import type { KeyboardEvent } from 'react';
import { groundDistanceM } from '#contract/map/index.ts';
import { boundsOfCircle, type MapDesk, type MapTool, layerNames } from '../map/index.ts';

/** Tools of the map by their keys; listed for people in HelpOverlay. */
export const toolKeys: Readonly<Record<MapTool, string>> = { circle: 'q', lasso: 'f', territory: 'j', measure: 'u' };

/** The tool that a key takes; null = none. */
export function toolOf(key: string): MapTool | null {
  return (Object.keys(toolKeys) as MapTool[]).find((tool) => toolKeys[tool] === key) ?? null;
}

/** What the panel of the selection does by key. */
export type SelectionKeys = { readonly showBest: () => void; readonly showAll: () => void; readonly pickUp: () => void };

/** Keys of the map while it has the focus. */
export function onMapKey(event: KeyboardEvent, { desk, keys }: { desk: MapDesk; keys: SelectionKeys }): void {
  // Letters that are written into the words of a drawing are no keys.
  if (event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) return;
  if (!onSelectionKey(event, { desk, keys }) && !onViewKey(event, desk)) return;
  event.preventDefault();
  // What the map has taken is not also a key of the whole console.
  event.stopPropagation();
}

function onViewKey(event: KeyboardEvent, desk: MapDesk): boolean {
  const { chosen } = desk.store.getState();
  const layer = layerNames[Number(event.key) - 1];
  if (layer !== undefined) desk.toggle(layer);
  else if (event.key === 'Enter' && chosen?.kind === 'region' && !(event.target instanceof HTMLButtonElement)) desk.enter(chosen.regionId);
  else if (event.key === 'Backspace') desk.leave();
  else if (event.key === 'n') desk.step('next');
  else if (event.key === 'N') desk.step('before');
  else if (event.key === '+' || event.key === '=') desk.engine()?.zoomBy(1);
  else if (event.key === '-') desk.engine()?.zoomBy(-1);
  else return pan(event, desk);
  return true;
}

const panPx = 120;
const steps: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
]);

function pan(event: KeyboardEvent, desk: MapDesk): boolean {
  const step = steps.get(event.key);
  if (step !== undefined) desk.engine()?.panBy([step[0] * panPx, step[1] * panPx]);
  return step !== undefined;
}

function onSelectionKey(event: KeyboardEvent, { desk, keys }: { desk: MapDesk; keys: SelectionKeys }): boolean {
  const { selection } = desk;
  const { tool, area } = selection.store.getState();
  const named = toolOf(event.key);
  if (named !== null) startTool(desk, named);
  else if (event.key === 'Escape') return stepBack(desk);
  else if (event.key === 'w' && area !== null) keys.showBest();
  else if (event.key === 'W' && area !== null) keys.showAll();
  else if (event.key === 'x' && desk.store.getState().chosen !== null) keys.pickUp();
  else return tool !== null && tool !== 'territory' && onDrawingKey(event, desk);
  return true;
}

/** The innermost thing first: the line in hand, the tool, what is chosen with it, the thing whose card is shown. */
function stepBack(desk: MapDesk): boolean {
  if (desk.selection.stepBack() === 'back') return true;
  if (desk.store.getState().chosen === null) return false;
  desk.choose(null);
  return true;
}

function isField(target: EventTarget): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}

/** Keys that draw what the pointer else draws. */
function onDrawingKey({ key, shiftKey, target }: KeyboardEvent, desk: MapDesk): boolean {
  const { selection } = desk;
  const { line } = selection.store.getState();
  const step = steps.get(key);
  if (step !== undefined) {
    const metres = stepMetres(desk) * (shiftKey ? 5 : 1);
    selection.move({ eastM: step[0] * metres, northM: -step[1] * metres });
  } else if (key === '+' || key === '=') widen(desk);
  else if (key === '-') selection.resize('narrower');
  else if (target instanceof HTMLButtonElement) return false;
  else if (key === ' ' && line !== null) selection.addPlace();
  else if (key === 'Backspace' && line !== null) selection.dropPlace();
  else if (key === 'Enter') selection.finish();
  else return false;
  return true;
}

/** Takes a tool: a circle around what is chosen, else in the middle of what is seen; a territory that is chosen already is taken at once. */
export function startTool(desk: MapDesk, tool: MapTool): void {
  const engine = desk.engine();
  const { chosen } = desk.store.getState();
  if (engine === null) return;
  if (tool === 'territory' && chosen?.kind === 'region') {
    return desk.selection.choose({ kind: 'region', regionId: chosen.regionId }, chosen);
  }
  const anchor = chosen === null || chosen.kind === 'group' ? null : chosen;
  const at = anchor === null ? null : desk.placeOf(anchor);
  desk.selection.start(tool, { at: at ?? middleOfView(desk) ?? [0, 0], anchor: at === null ? null : anchor });
  if (!isCircleSeen(desk)) showCircle(desk);
}

/** The same from outside the map, which may be on its way to what was chosen: it goes to the circle around it. */
export function startToolFromOutside(desk: MapDesk, tool: MapTool): void {
  startTool(desk, tool);
  showCircle(desk);
}

/** Whoever has gone near a thing sees less than the circle that begins around it. */
function isCircleSeen(desk: MapDesk): boolean {
  const { tool, area } = desk.selection.store.getState();
  const engine = desk.engine();
  if (engine === null || tool !== 'circle' || area?.kind !== 'circle') return true;
  const { clientWidth, clientHeight } = engine.element;
  const [west, south, east, north] = boundsOfCircle(area);
  const [lng, lat] = area.at;
  const ends = [engine.pointOf([west, lat]), engine.pointOf([east, lat]), engine.pointOf([lng, south]), engine.pointOf([lng, north])];
  return ends.every(({ x, y }) => x >= 0 && x <= clientWidth && y >= 0 && y <= clientHeight);
}

function widen(desk: MapDesk): void {
  desk.selection.resize('wider');
  if (!isCircleSeen(desk)) showCircle(desk);
}

function showCircle(desk: MapDesk): void {
  const { tool, area } = desk.selection.store.getState();
  if (tool === 'circle' && area?.kind === 'circle') desk.engine()?.lookAt(boundsOfCircle(area), 'fly');
}

function middleOfView(desk: MapDesk) {
  const engine = desk.engine();
  if (engine === null) return null;
  const { clientWidth, clientHeight } = engine.element;
  return engine.placeAt({ x: clientWidth / 2, y: clientHeight / 2 });
}

// A step of the keys is seen, and a circle of the usual size is crossed in some of them.
const stepPx = 16;

function stepMetres(desk: MapDesk): number {
  const engine = desk.engine();
  if (engine === null) return 0;
  const { clientWidth, clientHeight } = engine.element;
  const [x, y] = [clientWidth / 2, clientHeight / 2];
  return groundDistanceM(engine.placeAt({ x, y }), engine.placeAt({ x: x + stepPx, y }));
}
