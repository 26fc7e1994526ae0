import { z } from 'zod';
import { cameraOf, DeskCommand } from '#contract/bus/index.ts';
import { CameraId, CommandId, EpochMs, PersonId } from '#contract/values/index.ts';

/**
 * A command that waits for the platform's reply. It belongs to a person: only he sends it, with the session he has then.
 * `deskSeq` is given at the first sending and never again, so that whoever waits for his log-in does not fall behind the settled ones.
 */
export const OutboxEntry = z.strictObject({
  commandId: CommandId,
  personId: PersonId,
  /** Told to others who see it waiting. */
  personName: z.string().max(60).optional(),
  askedAtMs: EpochMs,
  command: DeskCommand,
  deskSeq: z.int().min(1).nullable(),
  /** Version of the camera that its person had before him, with what his own earlier commands have added to it. */
  lookedAtVersion: z.int().min(0).optional(),
  /** When he said to send it all the same: its age counts from here. */
  wordAtMs: EpochMs.optional(),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;

/**
 * How far his own settled commands have moved a camera. Their facts may still be on their way to this desk: a reply can be faster, and a
 * cut in between leaves the desk with the old version for a while, also over a restart.
 */
const Reached = z.strictObject({ personId: PersonId, cameraId: CameraId, version: z.int().min(1) });
type Reached = z.infer<typeof Reached>;

/** One line of the outbox journal. */
export const OutboxRecord = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('queued'), entry: OutboxEntry }),
  z.strictObject({ kind: z.literal('sending'), commandId: CommandId, deskSeq: z.int().min(1) }),
  /** `factCount` = by how much it moved its camera's version; absent when it did nothing. */
  z.strictObject({ kind: z.literal('settled'), commandId: CommandId, factCount: z.int().min(0).optional() }),
  /** Its person's word about an entry that does not go by itself. `lookedAtVersion` = what he had before him when he gave it. */
  z.strictObject({
    kind: z.literal('word'),
    commandId: CommandId,
    word: z.enum(['send', 'discard']),
    atMs: EpochMs,
    lookedAtVersion: z.int().min(0).optional(),
  }),
  /** After a rewrite: what settled commands that are not in it any more had reached. */
  z.strictObject({ kind: z.literal('reached'), reached: Reached }),
  /** The record speaks in this epoch. Another one than before: it was set back, and versions seen in the old one mean nothing. */
  z.strictObject({ kind: z.literal('epoch'), epoch: z.string().min(1).max(64) }),
  /** First line after a rewrite: numbering goes on although the settled entries are gone. */
  z.strictObject({ kind: z.literal('counter'), nextDeskSeq: z.int().min(1) }),
]);
export type OutboxRecord = z.infer<typeof OutboxRecord>;

/** The journal folded: what waits, in order of asking, the number that the next sending gets, and what own commands have reached. */
export type Outbox = {
  readonly entries: readonly OutboxEntry[];
  readonly nextDeskSeq: number;
  readonly reached: readonly Reached[];
  readonly epoch: string | null;
};

/** Before the first command. */
export const emptyOutbox: Outbox = { entries: [], nextDeskSeq: 1, reached: [], epoch: null };

/** Commands that may wait at once; more are refused when they are asked. */
export const maxWaitingCommands = 500;

/** Cameras of which it is remembered what own commands have reached; the facts of older ones are here long since. */
const maxReached = 500;

/** Folds one journal record. */
export function foldOutbox(outbox: Outbox, record: OutboxRecord): Outbox {
  switch (record.kind) {
    case 'queued':
      return { ...outbox, entries: [...outbox.entries, record.entry] };
    case 'sending': {
      const { commandId, deskSeq } = record;
      const entries = outbox.entries.map((entry) => (entry.commandId === commandId ? { ...entry, deskSeq } : entry));
      return { ...outbox, entries, nextDeskSeq: Math.max(outbox.nextDeskSeq, deskSeq + 1) };
    }
    case 'settled':
      return settleEntry(outbox, record);
    case 'word':
      return takeWord(outbox, record);
    case 'reached':
      return { ...outbox, reached: withReached(outbox, record.reached) };
    case 'epoch':
      return takeEpoch(outbox, record.epoch);
    case 'counter':
      return { ...outbox, nextDeskSeq: Math.max(outbox.nextDeskSeq, record.nextDeskSeq) };
  }
}

type RecordOf<Kind extends OutboxRecord['kind']> = Extract<OutboxRecord, { kind: Kind }>;

function settleEntry(outbox: Outbox, { commandId, factCount = 0 }: RecordOf<'settled'>): Outbox {
  const settled = outbox.entries.find((entry) => entry.commandId === commandId);
  const entries = outbox.entries.filter((entry) => entry !== settled);
  const seen = settled?.lookedAtVersion;
  if (settled === undefined || seen === undefined || factCount === 0) return { ...outbox, entries };
  // The platform does it only while nobody else has changed the camera since then: so this is where it stands now.
  const version = seen + factCount;
  const { personId } = settled;
  const cameraId = cameraOf(settled.command);
  if (cameraId === null) return { ...outbox, entries };
  return {
    ...outbox,
    entries: entries.map((entry) =>
      isHisNext(entry, settled) ? { ...entry, lookedAtVersion: Math.max(entry.lookedAtVersion, version) } : entry,
    ),
    reached: withReached(outbox, { personId, cameraId, version }),
  };
}

/** His own change of the same camera is no surprise to him: what he asked for after it, knowing at least as much, still stands. */
function isHisNext(entry: OutboxEntry, settled: OutboxEntry): entry is OutboxEntry & { lookedAtVersion: number } {
  return entry.deskSeq === null && isSameMatter(entry, settled) && (entry.lookedAtVersion ?? -1) >= (settled.lookedAtVersion ?? 0);
}

function withReached({ reached }: Outbox, next: Reached): readonly Reached[] {
  const others = reached.filter(({ personId, cameraId }) => personId !== next.personId || cameraId !== next.cameraId);
  return [...others, next].slice(-maxReached);
}

function takeEpoch(outbox: Outbox, epoch: string): Outbox {
  if (outbox.epoch === null || outbox.epoch === epoch) return { ...outbox, epoch };
  const entries = outbox.entries.map((entry) =>
    entry.deskSeq === null && entry.lookedAtVersion !== undefined ? { ...entry, lookedAtVersion: 0 } : entry,
  );
  return { ...outbox, entries, reached: [], epoch };
}

function takeWord(outbox: Outbox, { commandId, word, atMs, lookedAtVersion }: RecordOf<'word'>): Outbox {
  const { entries } = outbox;
  if (word === 'discard') return { ...outbox, entries: entries.filter((entry) => entry.commandId !== commandId) };
  const seen = lookedAtVersion === undefined ? {} : { lookedAtVersion };
  return { ...outbox, entries: entries.map((entry) => (entry.commandId === commandId ? { ...entry, wordAtMs: atMs, ...seen } : entry)) };
}

/** Whether two commands are one person's about one camera: such never change places. */
export function isSameMatter(a: OutboxEntry, b: OutboxEntry): boolean {
  const cameraId = cameraOf(a.command);
  return a.personId === b.personId && cameraId !== null && cameraId === cameraOf(b.command);
}

/** The version that a person looks at: what is here, and what his own settled commands have added that is not here yet. */
export function lookedAt(
  { reached }: Outbox,
  { personId, cameraId, here }: { personId: PersonId; cameraId: CameraId; here: number },
): number {
  const own = reached.find((one) => one.personId === personId && one.cameraId === cameraId);
  return Math.max(here, own?.version ?? 0);
}

/** The shortest journal that folds to the same outbox. */
export function compactOutbox({ entries, nextDeskSeq, reached, epoch }: Outbox): readonly OutboxRecord[] {
  return [
    { kind: 'counter', nextDeskSeq },
    ...(epoch === null ? [] : [{ kind: 'epoch', epoch } as const]),
    ...reached.map((one) => ({ kind: 'reached', reached: one }) as const),
    ...entries.map((entry) => ({ kind: 'queued', entry }) as const),
  ];
}
