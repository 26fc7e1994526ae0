import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Center, RegionPolygon } from '#contract/directory/index.ts';
import type { Timers } from '#contract/values/index.ts';
import type { RoomAccess } from '../room/index.ts';
import { fetchRows } from './directoryCopy.ts';

/** What only a map needs of the directory: outlines of the regions, and where the centers are. */
export type MapRows = { readonly revision: number; readonly polygons: readonly RegionPolygon[]; readonly centers: readonly Center[] };

/** Null until the first whole copy is there. */
export type MapRowsStore = StoreApi<MapRows | null>;

// As for the copy itself (directoryCopy.ts).
const againMs = 1_000;

/** Keeps them from now on, fetched anew for each revision, until it is stopped. */
export function keepMapRows({ room, timers }: { room: Pick<RoomAccess, 'store' | 'ask'>; timers: Timers }): {
  readonly store: MapRowsStore;
  readonly stop: () => void;
} {
  const store: MapRowsStore = createStore<MapRows | null>(() => null);
  let isFetching = false;
  let isStopped = false;
  let cancelAgain = () => {};
  const fetchNewest = async (): Promise<void> => {
    if (isFetching || isStopped) return;
    isFetching = true;
    const rows = await fetchMapRows(room.ask);
    isFetching = false;
    if (isStopped) return;
    if (rows !== null) store.setState(rows, true);
    const revision = room.store.getState()?.directoryRevision;
    if (rows === null || (revision !== undefined && rows.revision !== revision)) {
      cancelAgain = timers.afterMs(againMs, () => void fetchNewest());
    }
  };
  const unsubscribe = room.store.subscribe((now, before) => {
    const isBack = now?.bridge === 'open' && before?.bridge !== 'open';
    if (isBack || now?.directoryRevision !== before?.directoryRevision) void fetchNewest();
  });
  void fetchNewest();
  return {
    store,
    stop: () => {
      isStopped = true;
      cancelAgain();
      unsubscribe();
    },
  };
}

async function fetchMapRows(ask: RoomAccess['ask']): Promise<MapRows | null> {
  const polygons = await fetchRows<'polygons'>({ ask, kind: 'polygons' });
  const centers = await fetchRows<'centers'>({ ask, kind: 'centers' });
  if (polygons === null || centers === null || polygons.revision !== centers.revision) return null;
  return { revision: polygons.revision, polygons: polygons.rows, centers: centers.rows };
}
