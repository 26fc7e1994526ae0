import type { StoreApi } from 'zustand/vanilla';
import type { Purpose } from '#contract/cameras/index.ts';
import type { Roster } from '../directory/index.ts';
import type { PositionSource } from '../responders/index.ts';
import type { RoomAccess } from '../room/index.ts';
import type { MapState } from './mapState.ts';
import { createTrail } from './trail.ts';

type Options = {
  readonly room: Pick<RoomAccess, 'store' | 'ask'>;
  readonly store: StoreApi<MapState>;
  readonly roster: StoreApi<Roster | null>;
  readonly positions: Pick<PositionSource, 'columns' | 'onChange'>;
  /** Why the person at this window looks; null = a window at which nobody asks for anything. */
  readonly purpose: (() => Purpose) | null;
  readonly onPlaces: (places: readonly (readonly [number, number])[]) => void;
};

/**
 * Keeps the way of the responder who is chosen, once that it is looked at is on the record; what became of it is `way` of the map's state. Each
 * choice is one look: nobody is asked for because other people stand behind the numbers now, or because somebody else has sat down. A window
 * without a purpose shows nobody's way. Returns the way to end it.
 */
export function followWay({ room, store, roster, positions, purpose, onPlaces }: Options): () => void {
  const trail = createTrail({ positions, onPlaces });
  /** Who was chosen and by whom, while his way is wanted. */
  let wanted: { readonly index: number; readonly personId: string; readonly responderId: string | null } | null = null;
  const personNow = () => room.store.getState()?.person?.personId;
  const nameOf = (index: number) => roster.getState()?.responders[index]?.id ?? null;
  const drop = () => {
    wanted = null;
    trail.follow(null);
    if (store.getState().way !== 'none') store.setState({ way: 'none' });
  };
  const ask = async (index: number, personId: string) => {
    const responderId = nameOf(index);
    const mine = { index, personId, responderId };
    wanted = mine;
    // Who stands behind the number is told soon.
    if (responderId === null || purpose === null) return;
    const answer = await room.ask('followResponder', { responderId, purpose: purpose() }).catch(() => null);
    if (wanted !== mine) return;
    if (answer?.ok === true) trail.follow(index);
    store.setState({ way: answer?.ok === true ? 'kept' : (answer?.refusal ?? { code: 'bus.unreachable' }) });
  };
  const choose = () => {
    drop();
    const { chosen } = store.getState();
    const personId = personNow();
    if (purpose !== null && chosen?.kind === 'responder' && personId !== undefined) void ask(chosen.index, personId);
  };
  const stops = [
    store.subscribe(({ chosen }, before) => chosen !== before.chosen && choose()),
    roster.subscribe(() => {
      if (wanted === null) return;
      if (wanted.responderId === null) void ask(wanted.index, wanted.personId);
      else if (nameOf(wanted.index) !== wanted.responderId) drop();
    }),
    room.store.subscribe((now, before) => {
      const isBack = now?.link.kind === 'live' && before?.link.kind !== 'live';
      if (wanted !== null && personNow() !== wanted.personId) drop();
      else if (wanted !== null && isBack && typeof store.getState().way === 'object') void ask(wanted.index, wanted.personId);
    }),
    positions.onChange(trail.look),
  ];
  choose();
  return () => {
    wanted = null;
    stops.forEach((stop) => stop());
  };
}
