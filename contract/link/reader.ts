import type { FeedPlace, HealedGap, LinkStatus } from '#contract/bridge/index.ts';
import type { FeedMessage, Heads } from '#contract/bus/index.ts';
import { FeedSnapshot } from '#contract/catalogue/index.ts';
import type { Fact, FeedFact, FeedName, Position } from '#contract/record/index.ts';
import type { Sha256, Timers } from '#contract/values/index.ts';
import { type Applied, adoptSnapshot, applyFacts, type FeedCursor, newCursor } from './feedCursor.ts';
import { compareHead, placesOf } from './heads.ts';
import type { LinkLog } from './ports.ts';
import { addChunk, type SnapshotAssembly, type SnapshotChunk } from './snapshotAssembly.ts';

/** A snapshot that replaces what was folded of one feed, and why the platform sent one. */
export type SnapshotTaken = {
  readonly feed: FeedName;
  readonly position: Position;
  readonly snapshot: FeedSnapshot;
  readonly why: SnapshotChunk['why'];
};

/** What the reading half is made of. */
export type ReaderPorts = {
  readonly sha256: Sha256;
  readonly timers: Timers;
  readonly log: LinkLog;
  /** Asks the platform for everything behind these places. */
  readonly resume: (places: ReturnType<typeof placesOf>) => void;
  /** The connection cannot be trusted any more: it should be closed and opened again. */
  readonly giveUp: (why: string) => void;
  readonly onFacts: (facts: readonly { feed: FeedName; fact: Fact }[]) => void;
  readonly onSnapshot: (taken: SnapshotTaken) => void;
  /** Facts came late, or a snapshot stands for them. */
  readonly onHealed: (gap: Omit<HealedGap, 'atMs'>) => void;
  readonly onProgress: () => void;
};

/** A resume that brings nothing for this long is dead; the connection is opened again. Generous: a snapshot may take seconds to make. */
export const resumeStallMs = 10_000;

type Pull = { readonly feeds: Map<FeedName, 'start' | 'gap'>; assembly: SnapshotAssembly | null; cancelStall: () => void };

/** The reading half of a link: one cursor per readable feed over all connections, and at most one resume at a time. */
export class Reader {
  readonly #ports: ReaderPorts;
  readonly #cursors = new Map<FeedName, FeedCursor>();
  readonly #wanted = new Map<FeedName, 'start' | 'gap'>();
  readonly #missing = new Map<FeedName, number>();
  readonly #headSeqs = new Map<FeedName, number>();
  /** Facts that the running pull has brought, per feed. */
  readonly #late = new Map<FeedName, number>();
  #pull: Pull | null = null;
  #healedGaps = 0;

  constructor(ports: ReaderPorts) {
    this.#ports = ports;
  }

  /** What may be read now. On a fresh connection every feed is resumed, afterwards only those that are new. */
  setFeeds({ feeds, connection }: { feeds: readonly FeedName[]; connection: 'fresh' | 'same' }): void {
    if (connection === 'fresh') this.disconnected();
    for (const feed of this.#cursors.keys()) if (!feeds.includes(feed)) this.#forget(feed);
    for (const feed of feeds) {
      const isNew = !this.#cursors.has(feed);
      if (isNew) this.#cursors.set(feed, newCursor(feed));
      if (isNew || connection === 'fresh') this.#wanted.set(feed, 'start');
    }
    this.#startPull();
  }

  #forget(feed: FeedName): void {
    this.#cursors.delete(feed);
    this.#wanted.delete(feed);
    this.#missing.delete(feed);
    this.#headSeqs.delete(feed);
    this.#late.delete(feed);
    this.#pull?.feeds.delete(feed);
    if (this.#pull?.feeds.size === 0) this.#endPull();
  }

  #startPull(): void {
    if (this.#pull !== null || this.#wanted.size === 0) return;
    this.#pull = { feeds: new Map(this.#wanted), assembly: null, cancelStall: () => {} };
    this.#wanted.clear();
    this.#watchStall(this.#pull);
    this.#ports.resume(placesOf(this.#cursors, this.#pull.feeds.keys()));
  }

  #watchStall(pull: Pull): void {
    pull.cancelStall();
    pull.cancelStall = this.#ports.timers.afterMs(resumeStallMs, () => this.#ports.giveUp('resume brought nothing'));
  }

  /** Facts as they are recorded. */
  takeLive(facts: readonly FeedFact[]): void {
    for (const [feed, own] of Map.groupBy(facts, (fact) => fact.feed)) {
      const cursor = this.#cursors.get(feed);
      if (cursor === undefined) this.#ports.log.warn({ feed }, 'facts of a feed that was not offered');
      else this.#settle(applyFacts(cursor, { facts: own, sha256: this.#ports.sha256 }));
    }
    this.#startPull();
  }

  #settle({ cursor, facts, trouble }: Applied): void {
    const { feed } = cursor;
    this.#cursors.set(feed, cursor);
    if (facts.length > 0) this.#ports.onFacts(facts.map((fact) => ({ feed, fact })));
    if (trouble === 'none') return;
    if (trouble !== 'gap')
      this.#ports.log.warn({ feed, trouble, position: cursor.position }, 'a feed does not follow from what this desk has');
    this.#want(feed);
  }

  #want(feed: FeedName): void {
    if (this.#pull?.feeds.has(feed) !== true) this.#wanted.set(feed, 'gap');
  }

  /** One answer to a resume. The caller acknowledges when this returns. */
  takeFeedMessage(message: FeedMessage): void {
    if (this.#pull !== null) this.#watchStall(this.#pull);
    switch (message.kind) {
      case 'facts':
        this.#takeMissed(message);
        break;
      case 'snapshot':
        this.#takeChunk(message);
        break;
    }
    if (this.#pull?.feeds.size === 0) this.#endPull();
    this.#startPull();
    this.#ports.onProgress();
  }

  #takeMissed({ feed, facts, isLast }: Extract<FeedMessage, { kind: 'facts' }>): void {
    const cursor = this.#cursors.get(feed);
    if (cursor === undefined) return;
    const applied = applyFacts(cursor, { facts, sha256: this.#ports.sha256 });
    const isBroken = applied.trouble === 'brokenChain';
    // What was held here had come in time.
    this.#late.set(feed, (this.#late.get(feed) ?? 0) + Math.max(0, applied.facts.length - cursor.held.length));
    if (isLast || isBroken) this.#closeFeed(feed);
    if (!isBroken) return this.#settle(applied);
    // Even the platform's own answer does not follow from our place: only a snapshot helps.
    this.#ports.log.error({ feed, position: applied.cursor.position }, 'the hash chain of a feed is broken: taking a snapshot');
    this.#settle({ ...applied, cursor: newCursor(feed) });
  }

  #closeFeed(feed: FeedName): void {
    const asked = this.#pull?.feeds.get(feed);
    if (asked === 'gap') this.#healedGaps += 1;
    const facts = this.#late.get(feed) ?? 0;
    this.#late.delete(feed);
    if (facts > 0) this.#ports.onHealed({ feed, facts, by: asked === 'gap' ? 'gap' : 'reconnect' });
    this.#pull?.feeds.delete(feed);
    this.#missing.delete(feed);
  }

  #takeChunk(chunk: SnapshotChunk): void {
    const { feed } = chunk.position;
    // A snapshot that nobody asked for (a late answer to an older resume) must not throw a newer state back.
    if (this.#pull?.feeds.has(feed) !== true) return this.#ports.log.warn({ feed }, 'a snapshot that was not asked for');
    const step = addChunk(this.#pull.assembly, chunk);
    this.#pull.assembly = step.kind === 'more' ? step.assembly : null;
    if (step.kind === 'broken') this.#ports.giveUp(`snapshot of ${feed}: ${step.why}`);
    if (step.kind === 'whole') this.#adopt(chunk, step.text);
  }

  #adopt({ position, why }: SnapshotChunk, text: string): void {
    const { feed } = position;
    const snapshot = parseSnapshot(text);
    if (snapshot === null) return this.#ports.giveUp(`snapshot of ${feed} is unreadable`);
    const cursor = this.#cursors.get(feed) ?? newCursor(feed);
    // Both sides say it loudly when it is not simply a first visit (protocol.md, "Reading").
    if (why !== 'noPosition') this.#ports.log.error({ feed, why, had: cursor.position, has: position }, 'a feed is replaced by a snapshot');
    this.#closeFeed(feed);
    if (cursor.position !== null) this.#ports.onHealed({ feed, facts: jumpedOver(cursor.position, position), by: 'snapshot' });
    this.#ports.onSnapshot({ feed, position, snapshot, why });
    this.#settle(adoptSnapshot(cursor, { position, sha256: this.#ports.sha256 }));
  }

  /** Where the feeds end, as the platform says every 2 s: what it has and we have not was lost on the way. */
  takeHeads({ heads }: Heads): void {
    for (const head of heads) {
      const cursor = this.#cursors.get(head.feed);
      if (cursor === undefined) continue;
      this.#headSeqs.set(head.feed, head.seq);
      const comparison = compareHead(cursor, head);
      this.#missing.set(head.feed, comparison.kind === 'behind' ? comparison.missing : 0);
      if (comparison.kind !== 'level') this.#want(head.feed);
    }
    this.#startPull();
    this.#ports.onProgress();
  }

  /** The connection is gone: what was being fetched is asked for anew on the next one. */
  disconnected(): void {
    this.#endPull();
    this.#wanted.clear();
  }

  #endPull(): void {
    this.#late.clear();
    this.#pull?.cancelStall();
    this.#pull = null;
  }

  /** Another desk identity: nothing of the old one's reading counts. */
  reset(): void {
    for (const feed of this.#cursors.keys()) this.#forget(feed);
  }

  positions(): readonly Position[] {
    return [...this.#cursors.values()].flatMap(({ position }) => position ?? []);
  }

  /** How far the platform is in each feed and how far we are. Facts travel before the head that counts them: an older head is no news. */
  places(): readonly FeedPlace[] {
    return [...this.#cursors].map(([feed, { position }]) => {
      const head = this.#headSeqs.get(feed);
      const seq = position?.seq ?? null;
      return { feed, epoch: position?.epoch ?? null, headSeq: head === undefined ? seq : Math.max(head, seq ?? 0), seq };
    });
  }

  counts(): Pick<LinkStatus, 'feeds' | 'healedGaps' | 'missed'> {
    const missed = [...this.#missing.values()].reduce((sum, count) => sum + count, 0);
    return { feeds: this.#cursors.size, healedGaps: this.#healedGaps, missed };
  }
}

function jumpedOver(had: Position, has: Position): number {
  return had.epoch === has.epoch ? Math.max(0, has.seq - had.seq) : 0;
}

function parseSnapshot(text: string): FeedSnapshot | null {
  try {
    return FeedSnapshot.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
