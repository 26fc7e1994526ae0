import { emptyFeedState, evolveFeed, type FeedState } from '#contract/catalogue/index.ts';
import { chainHash, type Fact, type FeedFact, type FeedName, genesisHash, type Position } from '#contract/record/index.ts';
import type { Log } from '../ports.ts';
import { stateAt } from './history.ts';
import { sha256 } from './sha256.ts';
import type { IndexedFact, RecordStore } from './store.ts';

/** What is true after the last commit, one state and one head per feed. */
export type RecordView = {
  stateOf(feed: FeedName): FeedState;
  /** Where a feed ends; seq 0 with the genesis hash before its first fact. */
  headOf(feed: FeedName): Position;
  /** The hash before a feed's first fact. */
  genesisOf(feed: FeedName): string;
};

/** A batch being decided: the published state plus the batch's own earlier facts. Thrown away when the commit fails. */
export type Draft = RecordView & {
  /** Adds a fact to the feeds of its audience. */
  append(fact: Fact, feeds: readonly FeedName[]): void;
  indexed(): readonly IndexedFact[];
};

export type Feeds = RecordView & {
  /** Where every feed ends that has facts, whoever may read it: only for what is sealed or stays on the platform. */
  heads(): readonly Position[];
  draft(): Draft;
  /** Makes a committed draft the truth; answers its facts, each at its places. */
  publish(draft: Draft): readonly FeedFact[];
};

type Folded = { readonly state: FeedState; readonly head: Position };

/** Folds every feed of the record, each from its newest snapshot on. */
export async function openFeeds(store: RecordStore, log: Pick<Log, 'warn'> = { warn: () => {} }): Promise<Feeds> {
  const epoch = await store.epoch();
  const folded = new Map<FeedName, Folded>();
  for (const head of await store.heads()) {
    if (head.epoch === epoch) folded.set(head.feed, { state: await foldFeed({ store, head, log }), head });
  }
  return createFeeds({ epoch, folded });
}

async function foldFeed({ store, head, log }: { store: RecordStore; head: Position; log: Pick<Log, 'warn'> }): Promise<FeedState> {
  const { state, position } = await stateAt({ store, log, moment: head });
  if (position.seq !== head.seq) throw new Error(`${head.feed} ends at ${position.seq}, but its head says ${head.seq}`);
  return state;
}

function createFeeds({ epoch, folded }: { epoch: string; folded: Map<FeedName, Folded> }): Feeds {
  const drafts = new WeakMap<Draft, { changed: Map<FeedName, Folded>; facts: IndexedFact[] }>();

  const genesisOf = (feed: FeedName) => genesisHash({ feed, epoch, sha256 });

  function foldedOf(feed: FeedName): Folded {
    const known = folded.get(feed);
    if (known !== undefined) return known;
    const begun = { state: emptyFeedState, head: { feed, epoch, seq: 0, hash: genesisOf(feed) } };
    folded.set(feed, begun);
    return begun;
  }

  return {
    stateOf: (feed) => foldedOf(feed).state,
    headOf: (feed) => foldedOf(feed).head,
    genesisOf,
    heads: () => [...folded.values()].map(({ head }) => head).filter(({ seq }) => seq > 0),

    draft() {
      const changed = new Map<FeedName, Folded>();
      const facts: IndexedFact[] = [];
      const current = (feed: FeedName) => changed.get(feed) ?? foldedOf(feed);
      const draft: Draft = {
        stateOf: (feed) => current(feed).state,
        headOf: (feed) => current(feed).head,
        genesisOf,
        append(fact, feeds) {
          const places = feeds.map((feed) => {
            const { state, head } = current(feed);
            const seq = head.seq + 1;
            const hash = chainHash({ prevHash: head.hash, seq, fact, sha256 });
            changed.set(feed, { state: evolveFeed(state, fact), head: { feed, epoch, seq, hash } });
            return { feed, epoch, seq, hash, prevHash: head.hash };
          });
          facts.push({ fact, places });
        },
        indexed: () => facts,
      };
      drafts.set(draft, { changed, facts });
      return draft;
    },

    publish(draft) {
      const committed = drafts.get(draft);
      if (committed === undefined) throw new Error('a draft of another record');
      for (const [feed, next] of committed.changed) folded.set(feed, next);
      return committed.facts.flatMap(({ fact, places }) => places.map(({ prevHash: _, ...place }) => ({ ...place, fact })));
    },
  };
}
