import { toFeedSnapshot } from '#contract/catalogue/index.ts';
import type { FeedFact, FeedName } from '#contract/record/index.ts';
import type { Log } from '../ports.ts';
import { snapshotHash } from './history.ts';
import type { RecordStore, StoredSnapshot } from './store.ts';
import type { RecordView } from './feeds.ts';

/** A look back folds at most this many facts behind a snapshot (protocol.md, "Facts and feeds"). */
export const factsPerSnapshot = 10_000;
/** A feed in which something happens has a snapshot a day. Unit: ms. */
export const snapshotEveryMs = 24 * 60 * 60 * 1000;
/** More facts than one batch brings into one feed: a snapshot stands at the end of a batch, and still not too late. */
const batchSlack = 1_000;

type Mark = { readonly seq: number; readonly atMs: number };

/**
 * Decides after each commit which feeds get a snapshot, and gives it to the store's own thread: no commit waits for it, and a snapshot
 * that cannot be written is only logged, because facts never depend on one.
 */
export async function openSnapshots({ store, view, log }: { store: RecordStore; view: RecordView; log: Log }) {
  const marks = new Map<FeedName, Mark>();
  const epoch = await store.epoch();
  for (const head of await store.heads()) {
    if (head.epoch !== epoch) continue;
    const newest = await store.readSnapshot({ feed: head.feed, epoch, upToSeq: head.seq, upToMs: Number.MAX_SAFE_INTEGER });
    marks.set(head.feed, { seq: newest?.position.seq ?? 0, atMs: newest?.atMs ?? 0 });
  }

  function consider({ feed, fact }: FeedFact): void {
    const { seq } = view.headOf(feed);
    const mark = marks.get(feed);
    // A feed's first fact starts its day; there is nothing worth a snapshot yet.
    if (mark === undefined) return void marks.set(feed, { seq: 0, atMs: fact.atMs });
    if (seq - mark.seq < factsPerSnapshot - batchSlack && fact.atMs - mark.atMs < snapshotEveryMs) return;
    marks.set(feed, { seq, atMs: fact.atMs });
    store.writeSnapshot(snapshotOf({ view, feed, atMs: fact.atMs })).catch((error: unknown) => {
      log.warn({ err: error, feed, seq }, 'a snapshot could not be kept; the next facts try again');
      if (marks.get(feed)?.seq === seq) marks.set(feed, mark);
    });
  }

  return {
    /** Facts that were just recorded and published. */
    recorded(facts: readonly FeedFact[]): void {
      for (const last of new Map(facts.map((fact) => [fact.feed, fact])).values()) consider(last);
    },
  };
}

function snapshotOf({ view, feed, atMs }: { view: RecordView; feed: FeedName; atMs: number }): StoredSnapshot {
  const state = JSON.stringify(toFeedSnapshot(view.stateOf(feed)));
  return { position: view.headOf(feed), atMs, state, stateHash: snapshotHash(state) };
}
