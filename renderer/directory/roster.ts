import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Responder } from '#contract/directory/index.ts';
import type { Timers } from '#contract/values/index.ts';
import type { RoomAccess } from '../room/index.ts';
import { fetchRows } from './directoryCopy.ts';

/** Who stands behind the numbers of position frames, by number, under the numbering that frames name. */
export type Roster = { readonly numbering: number; readonly responders: readonly (Responder | undefined)[] };

// As for the copy itself (directoryCopy.ts).
const againMs = 1_000;

/** Keeps the roster from now on, fetched anew for each numbering, until it is stopped. Null until the first whole one is there. */
export function keepRoster({ room, timers }: { room: Pick<RoomAccess, 'store' | 'ask'>; timers: Timers }): {
  readonly store: StoreApi<Roster | null>;
  readonly stop: () => void;
} {
  const store = createStore<Roster | null>(() => null);
  const wanted = () => room.store.getState()?.responders;
  let isFetching = false;
  let isStopped = false;
  let cancelAgain = () => {};
  const fetchNewest = async (): Promise<void> => {
    const asked = wanted();
    if (isFetching || isStopped || asked === undefined || asked.count === 0) return;
    isFetching = true;
    const rows = await fetchRows<'responders'>({ ask: room.ask, kind: 'responders' });
    isFetching = false;
    if (isStopped) return;
    // Whoever came or went meanwhile shifts the numbers: what was read is of nobody in particular then.
    if (rows === null || wanted()?.directoryRevision !== asked.directoryRevision) {
      cancelAgain = timers.afterMs(againMs, () => void fetchNewest());
      return;
    }
    const responders: (Responder | undefined)[] = Array.from({ length: asked.count });
    for (const responder of rows.rows) responders[responder.index] = responder;
    store.setState({ numbering: asked.directoryRevision, responders }, true);
  };
  const unsubscribe = room.store.subscribe((now, before) => {
    if (now?.responders.directoryRevision !== before?.responders.directoryRevision) void fetchNewest();
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
