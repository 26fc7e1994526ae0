import { countReporting, createPositionColumns, type PositionColumns, readPositions } from '#contract/responders/index.ts';
import type { RoomAccess } from '../room/index.ts';

/** How many there are: `reporting` + `stale` + `unheard` = `count`. */
export type RespondersCounts = {
  readonly count: number;
  readonly reporting: number;
  /** Heard of, but too long ago to be believed. */
  readonly stale: number;
  /** Never heard of. */
  readonly unheard: number;
};

/**
 * Where everybody is, for whoever draws it: the map takes the columns as they are (`lngLat` is what a layer calls a position attribute of size
 * 2), counts are taken once a second. Nothing of it passes through React's state.
 */
export type PositionSource = {
  /** Written in place as frames come; other arrays when the numbering changes. */
  columns(): PositionColumns;
  /** Grows with each frame taken: what was drawn at the same number is still right. */
  version(): number;
  /** Told after each frame taken. Returns the unsubscriber. */
  onChange(listener: () => void): () => void;
  /** As of that moment of platform time, ms. */
  counts(nowMs: number): RespondersCounts;
};

/** Keeps the columns of this window, from now on. */
export function createPositionSource(room: Pick<RoomAccess, 'store' | 'ask' | 'onPositions'>): PositionSource {
  const listeners = new Set<() => void>();
  let columns = createPositionColumns({ size: 0, directoryRevision: 0 });
  let version = 0;
  let isOpen = false;

  const next = () => void room.ask('nextPositions', {});
  function changed(): void {
    version += 1;
    for (const listener of listeners) listener();
  }
  function follow(): void {
    const state = room.store.getState();
    const wasOpen = isOpen;
    isOpen = state?.bridge === 'open';
    if (state === null) return;
    const { directoryRevision, count } = state.responders;
    if (directoryRevision !== columns.directoryRevision || count !== columns.measuredAtMs.length) {
      columns = createPositionColumns({ size: count, directoryRevision });
      changed();
    }
    // Main knows nothing of what an earlier line had brought: the first asking on each line brings a whole picture.
    if (isOpen && !wasOpen) next();
  }
  room.onPositions((frame) => {
    if (readPositions(frame, columns).kind === 'taken') changed();
    next();
  });
  room.store.subscribe(follow);
  follow();

  return {
    columns: () => columns,
    version: () => version,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    counts(nowMs) {
      const count = columns.measuredAtMs.length;
      const { reporting, stale } = countReporting(columns, nowMs);
      return { count, reporting, stale, unheard: count - reporting - stale };
    },
  };
}
