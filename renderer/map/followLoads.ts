import type { StoreApi } from 'zustand/vanilla';
import type { LoadHistory } from '#contract/incidents/index.ts';
import type { DirectoryCopy, MapRowsStore, Roster } from '../directory/index.ts';
import type { PositionSource } from '../responders/index.ts';
import type { MapEngine } from './engine/index.ts';
import { every } from './every.ts';
import { keepLoadHistory } from './loadHistory.ts';
import { followWay } from './followWay.ts';
import type { MapDeskPorts } from './mapDesk.ts';
import type { MapState } from './mapState.ts';
import { countOutside } from './outsidePlaces.ts';
import { tellAssignments } from './tellAssignments.ts';
import { tellLoads } from './tellLoads.ts';

type Followed = Pick<MapDeskPorts, 'room' | 'timers' | 'purpose'> & {
  readonly store: StoreApi<MapState>;
  readonly engine: MapEngine;
  readonly directory: StoreApi<DirectoryCopy | null>;
  readonly rows: MapRowsStore;
  readonly roster: StoreApi<Roster | null>;
  readonly positions: PositionSource;
};

// Clocks run out, people leave: looked at no more often than anybody could see it.
const lookEveryMs = 10_000;

/** Leads to the engine what is open, also against past weeks, who was sent to it, and where the chosen responder went; to the legend what cannot be true. */
export function followLoads(followed: Followed): { readonly tell: () => void; readonly stop: () => void } {
  const { room, timers, store, engine, directory, rows, roster, positions } = followed;
  const closers = new DisposableStack();
  let history: LoadHistory | null = null;
  const tell = () => {
    tellLoads({ room, store, engine, copy: directory.getState(), history });
    tellAssignments({ room, store, engine, roster: roster.getState(), positions });
  };
  const kept = keepLoadHistory({
    ...{ room, timers },
    onHistory: (next) => {
      history = next;
      tell();
    },
  });
  closers.defer(kept.stop);
  const lookAgain = () => {
    tell();
    const [copy, drawn] = [directory.getState(), rows.getState()];
    if (copy === null || drawn === null) return;
    const roots = copy.tree.roots.map(({ region }) => region.id);
    store.setState({ outside: countOutside({ columns: positions.columns(), roots, polygons: drawn.polygons }) });
  };
  closers.defer(every({ timers, ms: lookEveryMs, run: lookAgain }));
  closers.defer(roster.subscribe(tell));
  closers.defer(room.store.subscribe((now, before) => now?.incidents !== before?.incidents && tell()));
  closers.defer(followWay({ ...followed, onPlaces: (places) => engine.setTrail(places) }));
  return { tell, stop: () => closers.dispose() };
}
