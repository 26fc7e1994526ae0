import { z } from 'zod';
import { DeskCommand } from '#contract/bus/index.ts';
import { FeedName } from '#contract/record/index.ts';
import { CommandId, EpochMs } from '#contract/values/index.ts';

/** Entries of `Continuity.healed`; older ones are dropped. */
export const maxHealedShown = 50;

/** One feed that this desk reads: how far the platform is and how far we are. Null = nothing known yet. */
export const FeedPlace = z.strictObject({
  feed: FeedName,
  epoch: z.string().max(64).nullable(),
  headSeq: z.int().min(0).nullable(),
  seq: z.int().min(0).nullable(),
});
export type FeedPlace = z.infer<typeof FeedPlace>;

/**
 * Facts that came late and how: pulled because a gap was seen (`gap`), pulled after an interruption (`reconnect`), or jumped over by a
 * snapshot (`snapshot`: the state is whole, these facts were never seen here one by one; 0 when the platform has another history).
 */
export const HealedGap = z.strictObject({
  feed: FeedName,
  atMs: EpochMs,
  facts: z.int().min(0),
  by: z.enum(['gap', 'reconnect', 'snapshot']),
});
export type HealedGap = z.infer<typeof HealedGap>;

/** What an operator may rely on about the line to the platform. Every moment is platform time. */
export const Continuity = z.strictObject({
  /** `missed` counts from here: the start of the shift, or of the room when it is younger. */
  sinceMs: EpochMs,
  from: z.enum(['shift', 'roomStart']),
  /** Facts that a feed has and this desk lacks now, and those that only a snapshot replaced since `sinceMs`. */
  missed: z.int().min(0),
  /** From the record to here, over the facts that came within 5 minutes; null = none did. `facts` = how many are counted. */
  lag: z.strictObject({ medianMs: z.int().min(0), worstMs: z.int().min(0), facts: z.int().min(1) }).nullable(),
  feeds: z.array(FeedPlace).max(256),
  /** Newest first. */
  healed: z.array(HealedGap).max(maxHealedShown),
  /** Facts that this version cannot read: the desk is older than the platform. */
  unknownFacts: z.int().min(0),
});
export type Continuity = z.infer<typeof Continuity>;

/**
 * Why a command is still at the desk: not sent yet, sent and not replied to, older than a minute, or its camera changed since (these two
 * want a word), or behind an earlier one about the same camera that wants a word.
 */
export const WaitingReason = z.enum(['queued', 'sent', 'tooOld', 'movedOn', 'behind']);
export type WaitingReason = z.infer<typeof WaitingReason>;

/** One command of the person at the desk that the platform has not replied to. */
export const WaitingCommand = z.strictObject({
  commandId: CommandId,
  askedAtMs: EpochMs,
  command: DeskCommand,
  why: WaitingReason,
});
export type WaitingCommand = z.infer<typeof WaitingCommand>;

/** The outbox as the console shows it: one's own entries whole, of other people only how many. */
export const WaitingCommands = z.strictObject({
  own: z.array(WaitingCommand).max(500),
  others: z.array(z.strictObject({ name: z.string().max(60), count: z.int().min(1) })).max(500),
});
export type WaitingCommands = z.infer<typeof WaitingCommands>;
