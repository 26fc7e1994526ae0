import type { Room, RoomEvent } from '#contract/bridge/index.ts';

/** The room as main knows it, in one place; every window is told what changes, in the same order. */
export type RoomState = {
  current(): Room;
  /** Replaces parts and tells every window. Parts that are the same are left out. */
  change(changes: Partial<Room>): void;
  /** Replaces parts that windows work out by themselves from the events that are told with it. */
  follow(changes: Partial<Room>, events: readonly RoomEvent[]): void;
  /** Tells what is no part of the room. */
  tell(events: readonly RoomEvent[]): void;
};

export function createRoomState({ start, onEvents }: { start: Room; onEvents: (events: readonly RoomEvent[]) => void }): RoomState {
  let room = start;
  return {
    current: () => room,
    change: (changes) => {
      const changed = Object.fromEntries(
        Object.entries(changes).filter(([part, value]) => JSON.stringify(room[part as keyof Room]) !== JSON.stringify(value)),
      ) as Partial<Room>;
      if (Object.keys(changed).length === 0) return;
      room = { ...room, ...changed };
      onEvents([{ kind: 'room', changes: changed }]);
    },
    follow: (changes, events) => {
      room = { ...room, ...changes };
      onEvents(events);
    },
    tell: onEvents,
  };
}
