import type { Actor } from '#contract/record/index.ts';
import { type Clock, type CountyId, granted, refused, type Timers } from '#contract/values/index.ts';
import type { Log } from '../ports.ts';
import type { AccessChange, FactDraft, Outcome, Writer } from '../record/index.ts';

/** What is written together: facts of one actor, and what they say has changed among accounts, sessions and workstations. */
export type AuditEntry = { readonly actor: Actor; readonly facts: readonly FactDraft[]; readonly change?: AccessChange };

/** Writes the audit feed, and knows whether it can be written. */
export type AuditRecorder = {
  /** All of it or nothing. Refused with `bus.notRecorded`; never rejects. */
  record(entry: AuditEntry): Promise<Outcome>;
  /** What has happened already and cannot be refused any more: written now, or as soon as anything can be. Resolves when it was tried. */
  recordEnd(entry: AuditEntry): Promise<void>;
  /** Whether something could be written now. Tries, when it could not a moment ago. */
  isWritable(): Promise<boolean>;
  /** Resolves when the ends that were told so far are written, or cannot be. */
  close(): Promise<void>;
};

/** How often an audit that could not be written is tried again by itself. */
const retryEveryMs = 2_000;
/** Ends that wait to be written; beyond it the oldest are given up. */
const mostWaiting = 20_000;
/** Ends of one attempt: below the writer's own batch. */
const atOnce = 100;

/**
 * The audit goes first: what cannot be written down is not done, and whoever asked is told so. What ends by itself (a view, a session)
 * waits here until it can be written; an `audit.interrupted` says since when nothing could.
 */
export function createAuditRecorder({
  writer,
  countyId,
  clock,
  timers,
  log,
}: {
  writer: Writer;
  countyId: CountyId;
  clock: Clock;
  timers: Timers;
  log: Log;
}): AuditRecorder {
  let brokenSinceMs: number | null = null;
  let trying: Promise<boolean> | null = null;
  let waiting: AuditEntry[] = [];
  let draining: Promise<void> | null = null;
  let cancelRetry = () => {};
  let isClosed = false;

  /** `alone` = in a transaction of its own: what fails must not take its neighbours' commands along, nor they it. */
  async function write({ actor, facts, change }: AuditEntry, batch: 'alone' | 'shared'): Promise<Outcome> {
    const decided = granted({ facts, ...(change === undefined ? {} : { access: change }) });
    return await writer.submit({ key: null, actor, ...(batch === 'alone' ? { batch } : {}), decide: () => decided });
  }

  function breakDown(): void {
    if (brokenSinceMs !== null) return;
    brokenSinceMs = clock.nowMs();
    log.error({ waiting: waiting.length }, 'the audit cannot be written: nothing is let through that it would have to tell');
    retryLater();
  }

  function retryLater(): void {
    if (!isClosed) cancelRetry = timers.afterMs(retryEveryMs, () => void retry());
  }

  async function retry(): Promise<void> {
    // A full disk has a reserve for ends before it has room for anything else.
    await drain();
    if (!(await isWritable())) retryLater();
  }

  async function mend(): Promise<boolean> {
    const payload = { sinceMs: brokenSinceMs ?? clock.nowMs(), untold: waiting.length };
    const told = await write({ actor: platform, facts: [{ type: 'audit.interrupted', subject: `county/${countyId}`, payload }] }, 'alone');
    if (!told.ok) return false;
    brokenSinceMs = null;
    cancelRetry();
    log.info(payload, 'the audit can be written again');
    void drain();
    return true;
  }

  async function isWritable(): Promise<boolean> {
    if (brokenSinceMs === null) return true;
    trying ??= mend().finally(() => (trying = null));
    return await trying;
  }

  function drain(): Promise<void> {
    draining ??= drainAll().finally(() => (draining = null));
    return draining;
  }

  async function drainAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = brokenSinceMs === null ? 'shared' : 'alone';
      const taken = waiting.splice(0, atOnce);
      const outcomes = await Promise.all(taken.map((entry) => write(entry, batch)));
      const failed = taken.filter((_, index) => outcomes[index]?.ok !== true);
      if (failed.length === 0) continue;
      waiting = [...failed, ...waiting].slice(-mostWaiting);
      breakDown();
      // Once more, each alone: perhaps it was a neighbour that could not be written.
      if (batch === 'alone') return;
    }
  }

  return {
    isWritable,
    async record(entry) {
      if (!(await isWritable())) return refused('bus.notRecorded');
      const outcome = await write(entry, entry.change?.people === undefined ? 'shared' : 'alone');
      if (!outcome.ok) breakDown();
      return outcome;
    },
    async recordEnd(entry) {
      waiting.push(entry);
      await drain();
    },
    async close() {
      isClosed = true;
      cancelRetry();
      await drain();
    },
  };
}

const platform = 'system/platform' as Actor;
