import type { FactsMessage, FeedMessage, Resume } from '#contract/bus/index.ts';
import { toFeedSnapshot } from '#contract/catalogue/index.ts';
import type { FeedFact, FeedName, Position } from '#contract/record/index.ts';
import type { Log } from '../ports.ts';
import type { RecordStore, RecordView } from '../record/index.ts';
import { cutText, factsPerMessage, fitting } from './chunks.ts';

/** More missed facts than this, and a snapshot is quicker (protocol.md: catch-up of 10,000 facts <= 2 s). */
const maxGap = 10_000;

/** How a reader speaks to its desk. */
export type ReaderWire = {
  /** Sends one `feed` message; resolves when the desk has acknowledged it, rejects when the connection is gone. */
  feed(message: FeedMessage): Promise<void>;
  facts(message: FactsMessage): void;
  /** False while so much is unsent that more would only pile up. */
  hasRoom(): boolean;
};

type SnapshotWhy = Extract<FeedMessage, { kind: 'snapshot' }>['why'];

/**
 * The sending half of one connection's reading: catch-up with a credit of one, then live. Live facts of a feed go out only in order and
 * only after its resume. A desk that does not drain is taken off the live feed; the heads tell it that it must pull.
 */
export function createFeedReader({ store, view, wire, log }: { store: RecordStore; view: RecordView; wire: ReaderWire; log: Log }) {
  /** Feeds that are live, with the last seq that was sent. */
  const live = new Map<FeedName, number>();
  let readable: ReadonlySet<FeedName> = new Set();
  let resuming: Promise<void> = Promise.resolve();

  async function resumeAll(places: Resume['places']): Promise<void> {
    for (const { feed, position } of places) {
      live.delete(feed);
      // Not yours and not there are the same silence.
      if (readable.has(feed)) await resumeFeed(feed, position);
    }
  }

  async function resumeFeed(feed: FeedName, position: Position | null): Promise<void> {
    const why = await snapshotReason(feed, position);
    if (why !== null || position === null) return await sendSnapshot(feed, why ?? 'noPosition');
    let { seq } = position;
    for (let isLast = false; !isLast; ) {
      const head = view.headOf(feed);
      const missed = seq < head.seq ? await store.readFacts({ feed, epoch: head.epoch, afterSeq: seq, limit: factsPerMessage }) : [];
      const facts = fitting(missed);
      seq = facts.at(-1)?.seq ?? seq;
      isLast = seq >= view.headOf(feed).seq;
      if (!readable.has(feed)) return;
      // From here on in the same turn: whatever is recorded next finds the feed live and is sent behind this message.
      if (isLast) live.set(feed, seq);
      await wire.feed({ kind: 'facts', feed, facts: [...facts], isLast });
    }
  }

  async function snapshotReason(feed: FeedName, position: Position | null): Promise<SnapshotWhy | null> {
    if (position === null || position.feed !== feed) return 'noPosition';
    const head = view.headOf(feed);
    const why = await reasonAgainst(head, position);
    if (why !== null) log.warn({ feed, why, position, head }, 'a desk cannot be resumed from its place; it gets a snapshot');
    return why;
  }

  async function reasonAgainst(head: Position, position: Position): Promise<SnapshotWhy | null> {
    const { feed, epoch, seq } = position;
    if (epoch !== head.epoch) return 'unknownEpoch';
    if (seq > head.seq) return 'aheadOfHead';
    const hash = seq === head.seq ? head.hash : await hashBefore({ feed, epoch, seq });
    if (hash !== position.hash) return 'otherHash';
    return head.seq - seq > maxGap ? 'gapTooLarge' : null;
  }

  async function hashBefore(place: { feed: FeedName; epoch: string; seq: number }): Promise<string | null> {
    return place.seq === 0 ? view.genesisOf(place.feed) : await store.hashAt(place);
  }

  async function sendSnapshot(feed: FeedName, why: SnapshotWhy): Promise<void> {
    const position = view.headOf(feed);
    const texts = cutText(JSON.stringify(toFeedSnapshot(view.stateOf(feed))));
    for (const [chunk, text] of texts.entries()) {
      if (!readable.has(feed)) return;
      const isLast = chunk === texts.length - 1;
      if (isLast && view.headOf(feed).seq === position.seq) live.set(feed, position.seq);
      await wire.feed({ kind: 'snapshot', position, why, chunk, chunks: texts.length, text });
    }
    await catchUpLive(feed, position.seq);
  }

  /** What was recorded while a long snapshot was on its way goes behind it. */
  async function catchUpLive(feed: FeedName, from: number): Promise<void> {
    for (let seq = from; !live.has(feed) && readable.has(feed); ) {
      const { epoch } = view.headOf(feed);
      const facts = fitting(await store.readFacts({ feed, epoch, afterSeq: seq, limit: factsPerMessage }));
      seq = facts.at(-1)?.seq ?? seq;
      if (seq >= view.headOf(feed).seq) live.set(feed, seq);
      if (facts.length > 0) wire.facts({ facts: [...facts] });
    }
  }

  return {
    /** The feeds that this connection may read from now on; those that fell away go silent at once. */
    setReadable(feeds: readonly FeedName[]): void {
      readable = new Set(feeds);
      for (const feed of live.keys()) if (!readable.has(feed)) live.delete(feed);
    },
    /** Answers a resume; a second one waits for the first. */
    resume(places: Resume['places']): Promise<void> {
      resuming = resuming.catch(() => {}).then(() => resumeAll(places));
      return resuming;
    },
    /** Of facts that were just recorded, the messages that this desk gets now, in order; whoever asks sends them in this turn. */
    take(recorded: readonly FeedFact[]): readonly FactsMessage[] {
      const own: FeedFact[] = [];
      for (const fact of recorded) {
        const sent = live.get(fact.feed);
        if (sent === undefined) continue;
        if (fact.seq === sent + 1 && wire.hasRoom()) {
          own.push(fact);
          live.set(fact.feed, fact.seq);
        } else if (fact.seq > sent) live.delete(fact.feed);
      }
      const messages: FactsMessage[] = [];
      for (let rest: readonly FeedFact[] = own; rest.length > 0; ) {
        const facts = fitting(rest);
        messages.push({ facts: [...facts] });
        rest = rest.slice(facts.length);
      }
      return messages;
    },
    /** Where the readable feeds end. */
    heads: (): readonly Position[] => [...readable].map((feed) => view.headOf(feed)),
  };
}

export type FeedReader = ReturnType<typeof createFeedReader>;
