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
 * Keeps the way of the responder who is chosen, once that it is looked at is on the record; what became of it is `way` of the map's state. A
 * window without a purpose shows nobody's way. Returns the way to end it.
 */
export function followWay({ room, store, roster, positions, purpose, onPlaces }: Options): () => void {
  const trail = createTrail({ positions, onPlaces });
  let followed: string | null = null;
  const chosenNow = () => {
    const { chosen } = store.getState();
    const { person } = room.store.getState() ?? {};
    if (purpose === null || chosen?.kind !== 'responder' || person == null) return null;
    const responderId = roster.getState()?.responders[chosen.index]?.id;
    return responderId === undefined
      ? null
      : { responderId, index: chosen.index, key: `${person.personId} ${responderId}`, why: purpose() };
  };
  const begin = async () => {
    const now = chosenNow();
    if ((now?.key ?? null) === followed) return;
    followed = now?.key ?? null;
    trail.follow(null);
    store.setState({ way: 'none' });
    if (now === null) return;
    const answer = await room.ask('followResponder', { responderId: now.responderId, purpose: now.why }).catch(() => null);
    if (followed !== now.key) return;
    if (answer?.ok === true) trail.follow(now.index);
    store.setState({ way: answer?.ok === true ? 'kept' : (answer?.refusal ?? { code: 'bus.unreachable' }) });
  };
  const look = () => void begin();
  const stops = [
    store.subscribe(({ chosen }, before) => chosen !== before.chosen && look()),
    roster.subscribe(look),
    room.store.subscribe((now, before) => {
      const isBack = now?.link.kind === 'live' && before?.link.kind !== 'live';
      if (isBack && typeof store.getState().way === 'object') followed = null;
      if (isBack || now?.person?.personId !== before?.person?.personId) look();
    }),
    positions.onChange(trail.look),
  ];
  look();
  return () => {
    followed = null;
    stops.forEach((stop) => stop());
  };
}
