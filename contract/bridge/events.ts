import { z } from 'zod';
import { Fact, FeedName } from '#contract/record/index.ts';
import { CommandId } from '#contract/values/index.ts';
import { GlassReport } from '#contract/wall/index.ts';
import { Room } from './room.ts';

const refusal = z.strictObject({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() });

/**
 * What main tells every window, in order, after its Hello. `facts` are folded by the window with the same evolve as everywhere;
 * `room` replaces the named parts (also after a snapshot, when facts cannot tell the difference).
 */
export const RoomEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('facts'), facts: z.array(z.strictObject({ feed: FeedName, fact: Fact })).max(2000) }),
  z.strictObject({ kind: z.literal('room'), changes: Room.partial() }),
  z.strictObject({ kind: z.literal('glass'), report: GlassReport }),
  z.strictObject({ kind: z.literal('commandSettled'), commandId: CommandId, refusal: refusal.nullable() }),
]);
export type RoomEvent = z.infer<typeof RoomEvent>;

/** The one function a window offers to main. */
export type WindowMethods = { roomEvents(events: readonly RoomEvent[]): void };
