import { z } from 'zod';
import { CameraCommand } from '#contract/cameras/index.ts';
import { CommandId, EpochMs, PersonId } from '#contract/values/index.ts';

/**
 * A command that waits for the platform's reply. It belongs to a person: only he sends it, with the session he has then.
 * `deskSeq` is given at the first sending and never again, so that whoever waits for his log-in does not fall behind the settled ones.
 */
export const OutboxEntry = z.strictObject({
  commandId: CommandId,
  personId: PersonId,
  askedAtMs: EpochMs,
  command: CameraCommand,
  deskSeq: z.int().min(1).nullable(),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;

/** One line of the outbox journal. */
export const OutboxRecord = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('queued'), entry: OutboxEntry }),
  z.strictObject({ kind: z.literal('sending'), commandId: CommandId, deskSeq: z.int().min(1) }),
  z.strictObject({ kind: z.literal('settled'), commandId: CommandId }),
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
 * An entry that never left the desk and is older than this is not sent any more: the room has moved on (protocol.md, "Writing").
 * One that was sent before is always asked for again, because only its reply tells whether it was done.
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
      return { ...outbox, entries: outbox.entries.filter(({ commandId }) => commandId !== record.commandId) };
    case 'counter':
      return { ...outbox, nextDeskSeq: Math.max(outbox.nextDeskSeq, record.nextDeskSeq) };
  }
}

/** The shortest journal that folds to the same outbox. */
export function compactOutbox({ entries, nextDeskSeq }: Outbox): readonly OutboxRecord[] {
  return [{ kind: 'counter', nextDeskSeq }, ...entries.map((entry) => ({ kind: 'queued', entry }) as const)];
}

/** Send this one under this number, or tell its person that it came too late. */
export type OutboxStep =
  | { readonly kind: 'send'; readonly entry: OutboxEntry; readonly deskSeq: number }
  | { readonly kind: 'expire'; readonly entry: OutboxEntry };

/** What to do next with the entries of the person at the desk; null = nothing. Sent ones first, in their order, then by arrival. */
export function nextStep(outbox: Outbox, { personId, nowMs }: { personId: PersonId | null; nowMs: number }): OutboxStep | null {
  const own = outbox.entries.filter((entry) => entry.personId === personId);
  const sent = own.filter(({ deskSeq }) => deskSeq !== null).toSorted((a, b) => (a.deskSeq ?? 0) - (b.deskSeq ?? 0))[0];
  if (sent?.deskSeq != null) return { kind: 'send', entry: sent, deskSeq: sent.deskSeq };
  const next = own[0];
  if (next === undefined) return null;
  if (nowMs - next.askedAtMs > sendWithinMs) return { kind: 'expire', entry: next };
  return { kind: 'send', entry: next, deskSeq: outbox.nextDeskSeq };
}
