import type { WaitingCommands, WaitingReason } from '#contract/bridge/index.ts';
import type { DeskCommand } from '#contract/bus/index.ts';
import type { PersonId } from '#contract/values/index.ts';
import { isSameMatter, type Outbox, type OutboxEntry } from './outbox.ts';

/**
 * An entry that never left the desk and is older than this is sent on its person's word only: the room has moved on (protocol.md,
 * "Writing"). One that was sent before is always asked for again, because only its reply tells whether it was done.
 */
export const sendWithinMs = 60_000;

/** What tells how an entry stands: the time, and the version that the record gives what a command changes (null = not known here). */
export type OutboxView = { readonly nowMs: number; readonly versionOf: (command: DeskCommand) => number | null };

/**
 * Why an entry is still here. `tooOld` and `movedOn` want its person's word; both last, because time and versions only grow. `behind` = an
 * earlier one of his about the same camera wants it: what he asked for in one order is never done in another.
 */
export function whyWaits(outbox: Outbox, entry: OutboxEntry, view: OutboxView): WaitingReason {
  if (entry.deskSeq !== null) return 'sent';
  const own = whyAsks(outbox, entry, view);
  if (own !== null) return own;
  const earlier = outbox.entries.slice(0, outbox.entries.indexOf(entry)).filter((other) => isSameMatter(entry, other));
  return earlier.some((other) => other.deskSeq === null && whyAsks(outbox, other, view) !== null) ? 'behind' : 'queued';
}

/** Why an unsent entry wants its person's word; null = it does not. */
function whyAsks(outbox: Outbox, entry: OutboxEntry, { nowMs, versionOf }: OutboxView): 'tooOld' | 'movedOn' | null {
  if (nowMs - (entry.wordAtMs ?? entry.askedAtMs) > sendWithinMs) return 'tooOld';
  // While his own command about the same camera is on its way, its fact may be here before its reply: that is not somebody else's change.
  const isBehindOwn = outbox.entries.some((other) => other.deskSeq !== null && isSameMatter(entry, other));
  const version = versionOf(entry.command);
  const isMoved = entry.lookedAtVersion !== undefined && version !== null && version > entry.lookedAtVersion;
  return isMoved && !isBehindOwn ? 'movedOn' : null;
}

/** Send this one under this number. */
export type OutboxStep = { readonly entry: OutboxEntry; readonly deskSeq: number };

/** What to send next for the person at the desk; null = nothing. Sent ones first, in their order, then by arrival; what wants a word is passed over, with all that is behind it. */
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
