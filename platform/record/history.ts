import {
  emptyFeedState,
  evolveFeedAll,
  FeedSnapshot,
  type FeedState,
  fromFeedSnapshot,
  newestVersions,
} from '#contract/catalogue/index.ts';
import { type FeedFact, type FeedName, genesisHash, type Position } from '#contract/record/index.ts';
import type { Log } from '../ports.ts';
import { sha256 } from './sha256.ts';
import type { EpochStart, RecordStore, StoredSnapshot } from './store.ts';

/** Which moment of a feed: after this seq, or after the facts before and up to this time (epoch ms, the facts' own `atMs`). */
export type Moment = { readonly feed: FeedName } & ({ readonly seq: number } | { readonly atMs: number });

/** What a feed had folded to, and where. `atMs` is that of the last fact in it, 0 before the first. */
export type PastState = { readonly state: FeedState; readonly position: Position; readonly atMs: number };

type Warn = Pick<Log, 'warn'>;
type Limits = { readonly upToSeq: number; readonly upToMs: number };

/** How many facts are read at a time. */
const chunkSize = 1_000;

/**
 * The state of a feed at any past moment: the nearest snapshot and the facts after it, with the one fold. A moment before a restore is
 * found in the epoch that it belongs to. A snapshot that does not fit its chain or this version is not used, and that is logged.
 */
export async function stateAt({ store, log, moment }: { store: RecordStore; log: Warn; moment: Moment }): Promise<PastState> {
  const limits = { upToSeq: Number.MAX_SAFE_INTEGER, upToMs: Number.MAX_SAFE_INTEGER };
  const own = 'seq' in moment ? { ...limits, upToSeq: moment.seq } : { ...limits, upToMs: moment.atMs };
  return await foldEpoch({ store, log, feed: moment.feed, epoch: await store.epoch(), limits: own });
}

type EpochFold = {
  readonly store: RecordStore;
  readonly log: Warn;
  readonly feed: FeedName;
  readonly epoch: string;
  readonly limits: Limits;
};

async function foldEpoch({ store, log, feed, epoch, limits }: EpochFold): Promise<PastState> {
  const snapshot = await usableSnapshot({ store, log, feed, epoch, limits });
  if (snapshot !== null) return await foldOn({ store, limits, from: snapshot });
  const start = await store.readEpochStart({ feed, epoch });
  if (start === null) {
    const position = { feed, epoch, seq: 0, hash: genesisHash({ feed, epoch, sha256 }) };
    return await foldOn({ store, limits, from: { state: emptyFeedState, position, atMs: 0 } });
  }
  const { after, position } = start;
  const upToSeq = Math.min(limits.upToSeq, after.seq);
  const before = await foldEpoch({ store, log, feed, epoch: after.epoch, limits: { ...limits, upToSeq } });
  if (before.position.seq < after.seq || limits.upToSeq < after.seq) return before;
  return await foldOn({ store, limits, from: { ...before, position } });
}

async function foldOn({ store, limits, from }: { store: RecordStore; limits: Limits; from: PastState }): Promise<PastState> {
  let past = from;
  for (;;) {
    const { feed, epoch, seq } = past.position;
    const limit = Math.min(chunkSize, limits.upToSeq - seq);
    const facts = limit > 0 ? await store.readFacts({ feed, epoch, afterSeq: seq, limit }) : [];
    const until = facts.findIndex(({ fact }) => fact.atMs > limits.upToMs);
    const taken = until === -1 ? facts : facts.slice(0, until);
    const last = taken.at(-1);
    if (last === undefined) return past;
    const { fact, ...position } = last;
    past = {
      state: evolveFeedAll(
        past.state,
        taken.map((one) => one.fact),
      ),
      position,
      atMs: fact.atMs,
    };
    if (taken.length < facts.length) return past;
  }
}

async function usableSnapshot({ store, log, feed, epoch, limits }: EpochFold): Promise<PastState | null> {
  const snapshot = await store.readSnapshot({ feed, epoch, ...limits });
  if (snapshot === null) return null;
  const { position, atMs } = snapshot;
  const state = (await store.hashAt(position)) === position.hash ? readState(snapshot) : null;
  if (state === null)
    log.warn({ feed, position }, 'a snapshot does not fit its chain or this version: the feed is folded from its whole log');
  return state === null ? null : { state, position, atMs };
}

/**
 * The hash that a snapshot is kept under: over its state and over the fact types that folded it. A later version of the program, which
 * knows more types, does not take over a state in which their facts were only counted.
 */
export function snapshotHash(state: string): string {
  return sha256(JSON.stringify([newestVersions, state]));
}

function readState({ state, stateHash }: StoredSnapshot): FeedState | null {
  if (snapshotHash(state) !== stateHash) return null;
  try {
    return fromFeedSnapshot(FeedSnapshot.parse(JSON.parse(state)));
  } catch {
    return null;
  }
}

/**
 * Facts of a feed by seq alone, from the epoch that each belongs to: after a restore the older ones lie under the epoch before. Facts
 * behind the current epoch's head do not exist.
 */
export async function readThroughEpochs({
  store,
  feed,
  epoch,
  afterSeq,
  limit,
}: {
  store: RecordStore;
  feed: FeedName;
  epoch: string;
  afterSeq: number;
  limit: number;
}): Promise<readonly FeedFact[]> {
  const start = await store.readEpochStart({ feed, epoch });
  if (start === null || afterSeq >= start.position.seq) return await store.readFacts({ feed, epoch, afterSeq, limit });
  const older = await readBefore({ store, start, afterSeq, limit });
  if (older.length === limit) return older;
  return [...older, ...(await store.readFacts({ feed, epoch, afterSeq: start.position.seq, limit: limit - older.length }))];
}

async function readBefore({
  store,
  start: { after },
  afterSeq,
  limit,
}: {
  store: RecordStore;
  start: EpochStart;
  afterSeq: number;
  limit: number;
}): Promise<readonly FeedFact[]> {
  const kept = Math.min(limit, after.seq - afterSeq);
  return await readThroughEpochs({ store, feed: after.feed, epoch: after.epoch, afterSeq, limit: kept });
}
