import type { Actor, ErasureReason, ParticularsKind, ParticularsReference } from '#contract/record/index.ts';
import { type Clock, granted, type Timers } from '#contract/values/index.ts';
import type { Log } from '../../ports.ts';
import type { ParticularsEntry, RecordStore } from '../store.ts';
import type { Decided, Writer } from '../writer.ts';
import type { ErasureList } from './erasureList.ts';

/** How long a text of each kind is kept before it is erased by itself. Unit: days. */
export const retentionDays: { readonly [Kind in ParticularsKind]: number } = { cameraNote: 365 };

const dayMs = 24 * 60 * 60 * 1000;
/** A reader of the database (a backup, a check) keeps its log of writes from being emptied while it reads. */
const scrubAgainMs = 10_000;
/** Facts of one transaction. */
const erasedAtOnce = 200;

type Going = { readonly entry: ParticularsEntry; readonly reason: ErasureReason; readonly atMs: number };

/** Makes texts go for good: out of the database, its log, and every database that is put back later. */
export type Eraser = {
  /** What an older database brought back, and what is too old, goes at once; then the same every day. */
  start(): Promise<void>;
  /** The decision that erases these. */
  erase(going: readonly Going[]): Decided;
  scrubbed(): Promise<void>;
  close(): void;
};

export function createEraser({
  store,
  writer,
  particulars: { erasures },
  entries,
  clock,
  timers,
  log,
}: {
  store: Pick<RecordStore, 'scrub'>;
  writer: Writer;
  particulars: { readonly erasures: ErasureList };
  /** What is known of every text; changed with each commit. */
  entries: Map<ParticularsReference, ParticularsEntry>;
  clock: Clock;
  timers: Timers;
  log: Log;
}): Eraser {
  let scrubbing: Promise<void> = Promise.resolve();
  let isClosed = false;
  let cancelScrub = () => {};
  let cancelSweep = () => {};

  function scrub(): void {
    cancelScrub();
    scrubbing = scrubbing.then(async () => {
      const isDone =
        isClosed ||
        (await store.scrub().catch((error: unknown) => (log.error({ err: error }, 'erased texts could not be scrubbed'), false)));
      if (!isDone) cancelScrub = timers.afterMs(scrubAgainMs, scrub);
    });
  }

  function erase(going: readonly Going[]): Decided {
    const erased = going.map(({ entry: { reference }, reason, atMs }) => ({ reference, reason, atMs }));
    return {
      facts: going.map(({ entry: { reference, subject }, reason }) => ({
        type: 'record.particularsErased',
        subject,
        payload: { reference, reason },
      })),
      particulars: { added: [], erased },
      published() {
        for (const { entry, reason, atMs } of going) entries.set(entry.reference, { ...entry, erasure: { atMs, reason } });
        keepListed();
        scrub();
      },
    };
  }

  /** What the database says is erased is in the list too, also where a crash came in between. */
  function keepListed(): void {
    const listed = new Set(erasures.read().map(({ reference }) => reference));
    const missing = [...entries.values()].flatMap(({ reference, erasure }) =>
      erasure === null || listed.has(reference) ? [] : [{ reference, ...erasure }],
    );
    try {
      erasures.append(missing);
    } catch (error) {
      log.error(
        { err: error, count: missing.length },
        'the list of erasures cannot be written: an older database would bring these texts back',
      );
    }
  }

  /** What has to go by itself: listed as erased in a later database than this one, or older than its kind may be. */
  function due(): readonly Going[] {
    const nowMs = clock.nowMs();
    const listed = new Map(erasures.read().map((erasure) => [erasure.reference, erasure]));
    return [...entries.values()].flatMap((entry): Going[] => {
      if (entry.erasure !== null) return [];
      const earlier = listed.get(entry.reference);
      if (earlier !== undefined) return [{ entry, reason: earlier.reason, atMs: earlier.atMs }];
      return nowMs - entry.createdAtMs > retentionDays[entry.kind] * dayMs ? [{ entry, reason: 'retention', atMs: nowMs }] : [];
    });
  }

  async function sweep(): Promise<void> {
    const going = due();
    for (let from = 0; from < going.length; from += erasedAtOnce) {
      const some = going.slice(from, from + erasedAtOnce);
      const outcome = await writer.submit({ key: null, actor, batch: 'alone', decide: () => granted(erase(some)) });
      if (!outcome.ok)
        return log.error({ code: outcome.refusal.code, count: going.length - from }, 'texts could not be erased; tried again tomorrow');
      log.info({ count: some.length }, 'texts were erased whose time was over, or that were erased before');
    }
    keepListed();
  }

  return {
    async start() {
      await sweep();
      // What was erased just before a crash may still lie in the log of writes.
      scrub();
      const again = () => {
        cancelSweep = timers.afterMs(dayMs, () => {
          void sweep();
          again();
        });
      };
      again();
      await scrubbing;
    },
    erase,
    scrubbed: () => scrubbing,
    close() {
      isClosed = true;
      cancelScrub();
      cancelSweep();
    },
  };
}

const actor = 'system/retention' as Actor;
