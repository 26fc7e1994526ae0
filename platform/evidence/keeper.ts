import type { EvidenceId } from '#contract/evidence/index.ts';
import type { Actor, ErasureReason } from '#contract/record/index.ts';
import { granted } from '#contract/values/index.ts';
import type { Decided } from '../record/index.ts';
import type { EvidenceEntry } from './entries.ts';
import type { KeepingPorts } from './ports.ts';

type Going = { readonly entry: EvidenceEntry; readonly reason: ErasureReason; readonly atMs: number };

/** Makes pictures go for good, and the store and the record agree. */
export type EvidenceKeeper = {
  /** Agrees once, erases what is due, and then does so every hour. */
  start(): Promise<void>;
  /** The decision that erases these: the tombstone first, then key and file. */
  erase(going: readonly Going[]): Decided;
  /** Resolves when what was erased so far is off the disk. */
  settled(): Promise<void>;
  /** Whether the record knows it and its file is not there. */
  isMissing(evidenceId: EvidenceId): boolean;
  close(): void;
};

/** How often it is looked whose time is over. A picture lasts at most so much longer. Unit: ms. */
const everyMs = 60 * 60_000;
/** Facts of one transaction. */
const erasedAtOnce = 200;

export function createKeeper({
  evidence: { store, erasures },
  entries,
  beingTaken,
  writer,
  clock,
  timers,
  log,
}: Pick<KeepingPorts, 'evidence' | 'writer' | 'clock' | 'timers' | 'log'> & {
  entries: Map<EvidenceId, EvidenceEntry>;
  /** Pictures that lie in the store already and whose fact is on its way. */
  beingTaken: ReadonlySet<EvidenceId>;
}): EvidenceKeeper {
  let destroying: Promise<void> = Promise.resolve();
  let missing: ReadonlySet<EvidenceId> = new Set();
  let isClosed = false;
  let cancel = () => {};

  function destroy(evidenceId: EvidenceId): void {
    destroying = destroying.then(() =>
      store
        .erase(evidenceId)
        .catch((error: unknown) => log.error({ err: error, evidenceId }, 'an erased picture is still there; tried again')),
    );
  }

  function erase(going: readonly Going[]): Decided {
    return {
      facts: going.map(({ entry: { taken }, reason }) => ({
        type: 'evidence.erased',
        subject: `camera/${taken.cameraId}`,
        payload: { evidenceId: taken.evidenceId, cameraId: taken.cameraId, reason },
      })),
      published() {
        for (const { entry, reason, atMs } of going) {
          entries.set(entry.taken.evidenceId, { ...entry, erasure: { atMs, reason } });
          destroy(entry.taken.evidenceId);
        }
        keepListed();
      },
    };
  }

  /** What the record says is erased is in the list too, also where a crash came in between. */
  function keepListed(): void {
    const listed = new Set(erasures.read().map(({ evidenceId }) => evidenceId));
    const unlisted = [...entries.values()].flatMap(({ taken: { evidenceId }, erasure }) =>
      erasure === null || listed.has(evidenceId) ? [] : [{ evidenceId, ...erasure }],
    );
    try {
      erasures.append(unlisted);
    } catch (error) {
      log.error(
        { err: error, count: unlisted.length },
        'the list of erased pictures cannot be written: an older backup would bring them back',
      );
    }
  }

  /** What has to go by itself: erased in a later record than this one, or its time is over. */
  function due(): readonly Going[] {
    const nowMs = clock.nowMs();
    const listed = new Map(erasures.read().map((erasure) => [erasure.evidenceId, erasure]));
    return [...entries.values()].flatMap((entry): Going[] => {
      if (entry.erasure !== null) return [];
      const earlier = listed.get(entry.taken.evidenceId);
      if (earlier !== undefined) return [{ entry, reason: earlier.reason, atMs: earlier.atMs }];
      return nowMs >= entry.taken.retainUntilMs ? [{ entry, reason: 'retention', atMs: nowMs }] : [];
    });
  }

  /** A picture that no fact knows was being taken when the platform ended, and was answered to nobody; one that is erased is no more. */
  async function agree(): Promise<void> {
    const there = await store.list();
    for (const { evidenceId } of there) {
      const entry = entries.get(evidenceId);
      if (beingTaken.has(evidenceId)) continue;
      if (entry === undefined) log.warn({ evidenceId }, 'a picture that no fact knows was left behind by a crash, and is erased');
      if (entry === undefined || entry.erasure !== null) destroy(evidenceId);
    }
    const names = new Set(there.filter(({ owner }) => owner !== null).map(({ evidenceId }) => evidenceId));
    const unfound = [...entries].flatMap(([evidenceId, { erasure }]) => (erasure === null && !names.has(evidenceId) ? [evidenceId] : []));
    if (unfound.length > missing.size) log.error({ count: unfound.length }, 'kept pictures are on the record and not in the store');
    missing = new Set(unfound);
  }

  async function sweep(): Promise<void> {
    const going = due();
    for (let from = 0; from < going.length && !isClosed; from += erasedAtOnce) {
      const some = going.slice(from, from + erasedAtOnce);
      const outcome = await writer.submit({ key: null, actor, batch: 'alone', decide: () => granted(erase(some)) });
      if (!outcome.ok)
        return log.error({ code: outcome.refusal.code, count: going.length - from }, 'pictures could not be erased; tried again');
      log.info({ count: some.length }, 'pictures were erased whose time was over, or that were erased before');
    }
    keepListed();
    await agree();
    await destroying;
  }

  function again(): void {
    cancel = timers.afterMs(everyMs, () => {
      if (isClosed) return;
      again();
      void sweep().catch((error: unknown) => log.error({ err: error }, 'kept pictures could not be looked through'));
    });
  }

  return {
    async start() {
      await sweep();
      again();
    },
    erase,
    settled: () => destroying,
    isMissing: (evidenceId) => missing.has(evidenceId),
    close() {
      isClosed = true;
      cancel();
    },
  };
}

const actor = 'system/retention' as Actor;
