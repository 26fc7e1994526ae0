import { createStore, type StoreApi } from 'zustand/vanilla';
import { lengthM, type MapArea, type SharedSelection } from '#contract/map/index.ts';
import type { LngLat, Timers } from '#contract/values/index.ts';
import type { MapThing } from '../engine/index.ts';
import { circleArea, middleOf, movedBy, resized, ringOf } from './areaMoves.ts';
import { contentsOf, isSameContents, type SelectableThings, type SelectionContents } from './contentsOf.ts';
import { selectionKey, sharedSelection } from './sharedSelection.ts';

/** Ways to choose a part of the map, and to measure it. */
export const mapTools = ['circle', 'lasso', 'territory', 'measure'] as const;
export type MapTool = (typeof mapTools)[number];

/** A line that is being drawn: its places, and the one that the keys move. */
export type DrawnLine = { readonly places: readonly LngLat[]; readonly cursor: LngLat | null };

/** What of the map somebody has chosen, and with which tool he is at it. */
export type SelectionState = {
  readonly tool: MapTool | null;
  readonly area: MapArea | null;
  /** The thing that the circle was drawn around; a circle around a person goes with him. */
  readonly anchor: MapThing | null;
  /** Of the lasso before it is closed, and of the measure. */
  readonly line: DrawnLine | null;
  /** What lies in the area now; null while there is none, or it is being worked out. */
  readonly contents: SelectionContents | null;
};

/** The live selection of a window's map: it is worked out again whenever something comes, goes or moves. */
export type MapSelection = {
  readonly store: StoreApi<SelectionState>;
  /** Takes a tool in hand, or puts the same one away. A circle is there at once, around `at`. */
  start(tool: MapTool, around: { readonly at: LngLat; readonly anchor: MapThing | null }): void;
  drawCircle(circle: { readonly at: LngLat; readonly radiusM: number }): void;
  /** The circle as wide as it is, around another place. */
  moveCircle(at: LngLat): void;
  resize(how: 'wider' | 'narrower'): void;
  /** Moves the circle, or the place that the line goes on from. */
  move(by: { readonly eastM: number; readonly northM: number }): void;
  /** Adds a place to the line; without one that of the cursor. */
  addPlace(place?: LngLat): void;
  /** Begins the line anew. */
  beginLine(place: LngLat): void;
  dropPlace(): void;
  choose(area: MapArea, anchor: MapThing | null): void;
  /** Chooses what another map of the desk has chosen; a lasso or a measure that is in hand here stays in hand. */
  take(shared: SharedSelection | null): void;
  /** Closes the lasso, or puts the tool away and keeps what was chosen. */
  finish(): void;
  /** Puts the tool away; what was chosen stays, a line that is not closed is gone. */
  putAway(): void;
  /** Takes the innermost thing back: the line in hand, the tool (a circle in hand with it), what is chosen. `nothing`: there was none. */
  stepBack(): 'back' | 'nothing';
  clear(): void;
};

export type SelectionPorts = {
  readonly timers: Timers;
  /** Null while the territory is not known. */
  readonly things: () => SelectableThings | null;
  /** Told when they change; asked for while an area is chosen. Returns the unsubscriber. */
  readonly onThings: (listener: () => void) => () => void;
  readonly placeOf: (thing: MapThing) => LngLat | null;
};

// While it is drawn an eye wants to see numbers move; facts and positions come once a second.
const delays = { drawnMs: 80, factsMs: 400 } as const;
const none: SelectionState = { tool: null, area: null, anchor: null, line: null, contents: null };

/** Makes the selection; it listens to nothing until an area is chosen. */
export function createMapSelection({ timers, things, onThings, placeOf }: SelectionPorts): MapSelection {
  const store = createStore<SelectionState>(() => none);
  let stopListening: (() => void) | null = null;
  let waiting: { readonly dueMs: number; readonly cancel: () => void } | null = null;

  const workOut = () => {
    waiting = null;
    const { area: drawn, anchor, contents: before } = store.getState();
    const known = things();
    if (drawn === null || known === null) return;
    const area = following(drawn, anchor?.kind === 'responder' ? placeOf(anchor) : null);
    const contents = contentsOf(area, known);
    if (area !== drawn || !isSameContents(before, contents)) store.setState({ area, contents });
  };
  const soon = (dueMs: number) => {
    if (waiting !== null && waiting.dueMs <= dueMs) return;
    waiting?.cancel();
    waiting = { dueMs, cancel: timers.afterMs(dueMs, workOut) };
  };
  const set = (area: MapArea, rest: Partial<SelectionState> = {}) => {
    store.setState({ area, ...rest });
    stopListening ??= onThings(() => soon(delays.factsMs));
    soon(delays.drawnMs);
  };
  const silence = () => {
    stopListening?.();
    stopListening = null;
    waiting?.cancel();
    waiting = null;
  };
  const clear = () => {
    silence();
    store.setState(none);
  };
  const closeLasso = ({ places }: DrawnLine) => {
    if (places.length < 3) return;
    set({ kind: 'lasso', ring: ringOf(places) }, { tool: null, line: null, anchor: null, contents: null });
  };

  return {
    store,
    start: (tool, { at, anchor }) => {
      if (store.getState().tool === tool) return store.setState({ tool: null, line: null });
      const line = tool === 'lasso' || tool === 'measure' ? { places: [], cursor: at } : null;
      store.setState({ tool, line });
      if (tool === 'circle') set(circleArea({ at, radiusM: 800 }), { anchor, contents: null });
    },
    drawCircle: (circle) => set(circleArea(circle), { anchor: null }),
    moveCircle: (at) => {
      const { area } = store.getState();
      if (area?.kind === 'circle') set({ ...area, at }, { anchor: null });
    },
    resize: (how) => {
      const { area } = store.getState();
      if (area?.kind === 'circle') set(resized(area, how));
    },
    move: (by) => {
      const { area, line, tool } = store.getState();
      if (line !== null && line.cursor !== null) store.setState({ line: { ...line, cursor: movedBy(line.cursor, by) } });
      else if (tool === 'circle' && area?.kind === 'circle') set({ ...area, at: movedBy(area.at, by) }, { anchor: null });
    },
    addPlace: (place) => {
      const { line } = store.getState();
      const at = place ?? line?.cursor;
      if (line !== null && at != null) store.setState({ line: { places: [...line.places, at], cursor: at } });
    },
    beginLine: (place) => {
      if (store.getState().line !== null) store.setState({ line: { places: [place], cursor: place } });
    },
    dropPlace: () => {
      const { line } = store.getState();
      if (line !== null) store.setState({ line: { ...line, places: line.places.slice(0, -1) } });
    },
    choose: (area, anchor) => set(area, { anchor, tool: null, line: null, contents: null }),
    take: (shared) => {
      const state = store.getState();
      if (selectionKey(shared) === selectionKey(sharedSelection(state))) return;
      const tool = state.tool === 'circle' ? null : state.tool;
      if (shared !== null) {
        const isMoved = shared.area.kind === 'circle' && state.area?.kind === 'circle';
        return set(shared.area, { anchor: shared.anchor, tool, ...(isMoved ? {} : { contents: null }) });
      }
      silence();
      store.setState({ tool, area: null, anchor: null, contents: null });
    },
    finish: () => {
      const { tool, line } = store.getState();
      if (tool === 'lasso' && line !== null) return closeLasso(line);
      if (tool !== 'measure') store.setState({ tool: null });
    },
    putAway: () => store.setState({ tool: null, line: null }),
    stepBack: () => {
      const { tool, area, line } = store.getState();
      if (tool === null && area === null) return 'nothing';
      if (line !== null && line.places.length > 0) store.setState({ line: { ...line, places: [] } });
      else if (tool !== null && tool !== 'circle') store.setState({ tool: null, line: null });
      else clear();
      return 'back';
    },
    clear,
  };
}

/** The place that an area is about: distances to it, and cameras for it, are reckoned from there. */
export function middleOfArea(area: MapArea, centerOf: (area: Extract<MapArea, { kind: 'region' }>) => LngLat | null): LngLat | null {
  switch (area.kind) {
    case 'circle':
      return area.at;
    case 'lasso':
      return middleOf(area.ring);
    case 'region':
      return centerOf(area);
  }
}

/** Metres along a drawn line as it stands, with the way to the cursor. */
export function lineMetres({ places, cursor }: DrawnLine): number {
  return lengthM(cursor === null ? places : [...places, cursor]);
}

function following(area: MapArea, place: LngLat | null): MapArea {
  if (area.kind !== 'circle' || place === null) return area;
  return area.at[0] === place[0] && area.at[1] === place[1] ? area : { ...area, at: place };
}
