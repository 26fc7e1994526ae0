import { z } from 'zod';
import type { WaitingCommands, WaitingReason } from '#contract/bridge/index.ts';
import { CameraCommand } from '#contract/cameras/index.ts';
import { CommandId, EpochMs, PersonId } from '#contract/values/index.ts';

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
  command: CameraCommand,
  deskSeq: z.int().min(1).nullable(),
  /** Version of the camera that its person had before him; what his own earlier commands add to it is reckoned in. */
  lookedAtVersion: z.int().min(0).optional(),
  /** When he said to send it all the same: its age counts from here. */
  wordAtMs: EpochMs.optional(),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;

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
  /** First line after a rewrite: numbering goes on although the settled entries are gone. */
  z.strictObject({ kind: z.literal('counter'), nextDeskSeq: z.int().min(1) }),
]);
export type OutboxRecord = z.infer<typeof OutboxRecord>;

/** The journal folded: what waits, in order of asking, and the number that the next sending gets. */
export type Outbox = { readonly entries: readonly OutboxEntry[]; readonly nextDeskSeq: number };

/** Before the first command. */
export const emptyOutbox: Outbox = { entries: [], nextDeskSeq: 1 };

/** Commands that may wait at once; more are refused when they are asked. */
export const maxWaitingCommands = 500;

/**
 * An entry that never left the desk and is older than this is sent on its person's word only: the room has moved on (protocol.md,
 * "Writing"). One that was sent before is always asked for again, because only its reply tells whether it was done.
 */
export const sendWithinMs = 60_000;

/** Folds one journal record. */
export function foldOutbox(outbox: Outbox, record: OutboxRecord): Outbox {
  switch (record.kind) {
    case 'queued':
      return { ...outbox, entries: [...outbox.entries, record.entry] };
    case 'sending': {
      const { commandId, deskSeq } = record;
      const entries = outbox.entries.map((entry) => (entry.commandId === commandId ? { ...entry, deskSeq } : entry));
      return { entries, nextDeskSeq: Math.max(outbox.nextDeskSeq, deskSeq + 1) };
    }
    case 'settled':
      return settleEntry(outbox, record);
    case 'word':
      return takeWord(outbox, record);
    case 'counter':
      return { ...outbox, nextDeskSeq: Math.max(outbox.nextDeskSeq, record.nextDeskSeq) };
  }
}

type RecordOf<Kind extends OutboxRecord['kind']> = Extract<OutboxRecord, { kind: Kind }>;

function settleEntry(outbox: Outbox, { commandId, factCount = 0 }: RecordOf<'settled'>): Outbox {
  const settled = outbox.entries.find((entry) => entry.commandId === commandId);
  const entries = outbox.entries.filter((entry) => entry !== settled);
  if (settled === undefined || factCount === 0) return { ...outbox, entries };
  // His own change of the same camera is no surprise to him: what he asked for after it still stands.
  const isHisNext = (entry: OutboxEntry) => entry.deskSeq === null && isSameMatter(entry, settled);
  return {
    ...outbox,
    entries: entries.map((entry) =>
      entry.lookedAtVersion !== undefined && isHisNext(entry) ? { ...entry, lookedAtVersion: entry.lookedAtVersion + factCount } : entry,
    ),
  };
}

function takeWord(outbox: Outbox, { commandId, word, atMs, lookedAtVersion }: RecordOf<'word'>): Outbox {
  const { entries } = outbox;
  if (word === 'discard') return { ...outbox, entries: entries.filter((entry) => entry.commandId !== commandId) };
  const seen = lookedAtVersion === undefined ? {} : { lookedAtVersion };
  return { ...outbox, entries: entries.map((entry) => (entry.commandId === commandId ? { ...entry, wordAtMs: atMs, ...seen } : entry)) };
}

function isSameMatter(a: OutboxEntry, b: OutboxEntry): boolean {
  return a.personId === b.personId && a.command.cameraId === b.command.cameraId;
}

/** The shortest journal that folds to the same outbox. */
export function compactOutbox({ entries, nextDeskSeq }: Outbox): readonly OutboxRecord[] {
  return [{ kind: 'counter', nextDeskSeq }, ...entries.map((entry) => ({ kind: 'queued', entry }) as const)];
}

/** What tells how an entry stands: the time, and the version that the record gives what a command changes (null = not known here). */
export type OutboxView = { readonly nowMs: number; readonly versionOf: (command: CameraCommand) => number | null };

/** Why an entry is still here. `tooOld` and `movedOn` want its person's word; both last, because time and versions only grow. */
export function whyWaits(outbox: Outbox, entry: OutboxEntry, { nowMs, versionOf }: OutboxView): WaitingReason {
  if (entry.deskSeq !== null) return 'sent';
  if (nowMs - (entry.wordAtMs ?? entry.askedAtMs) > sendWithinMs) return 'tooOld';
  // While his own command about the same camera is on its way, its fact may be here before its reply: that is not somebody else's change.
  const isBehindOwn = outbox.entries.some((other) => other.deskSeq !== null && isSameMatter(entry, other));
  const version = versionOf(entry.command);
  const isMoved = entry.lookedAtVersion !== undefined && version !== null && version > entry.lookedAtVersion;
  return isMoved && !isBehindOwn ? 'movedOn' : 'queued';
}

/** Send this one under this number. */
export type OutboxStep = { readonly entry: OutboxEntry; readonly deskSeq: number };

/** What to send next for the person at the desk; null = nothing. Sent ones first, in their order, then by arrival; what wants a word is passed over. */
export function nextStep(outbox: Outbox, { personId, ...view }: OutboxView & { personId: PersonId | null }): OutboxStep | null {
  const own = outbox.entries.filter((entry) => entry.personId === personId);
  const sent = own.filter(({ deskSeq }) => deskSeq !== null).toSorted((a, b) => (a.deskSeq ?? 0) - (b.deskSeq ?? 0))[0];
  if (sent?.deskSeq != null) return { entry: sent, deskSeq: sent.deskSeq };
  const next = own.find((entry) => whyWaits(outbox, entry, view) === 'queued');
  return next === undefined ? null : { entry: next, deskSeq: outbox.nextDeskSeq };
}

/** The outbox as one person may see it: his own entries whole, of others only how many, by their names. Times stay this machine's. */
export function waitingFor(outbox: Outbox, { personId, ...view }: OutboxView & { personId: PersonId | null }): WaitingCommands {
  const own = outbox.entries.filter((entry) => entry.personId === personId);
  const others = Map.groupBy(
    outbox.entries.filter((entry) => entry.personId !== personId),
    (entry) => entry.personId,
  );
  return {
    own: own.map((entry) => {
      const { commandId, askedAtMs, command } = entry;
      return { commandId, askedAtMs, command, why: whyWaits(outbox, entry, view) };
    }),
    others: [...others.values()].map((entries) => ({ name: entries.at(-1)?.personName ?? '', count: entries.length })),
  };
}

/** When the next entry becomes too old (ms of this machine's clock); null = none will. The owner looks again then. */
export function nextTooOldMs(outbox: Outbox, nowMs: number): number | null {
  const due = outbox.entries
    .filter(({ deskSeq }) => deskSeq === null)
    .map(({ wordAtMs, askedAtMs }) => (wordAtMs ?? askedAtMs) + sendWithinMs + 1)
    .filter((atMs) => atMs > nowMs);
  return due.length === 0 ? null : Math.min(...due);
}
