import { createHash } from 'node:crypto';
import {
  type AskReceipts,
  busLimits,
  type CommandMessage,
  type CommandReply,
  type FactsMessage,
  type Handshake,
  protocolVersion,
  type Resume,
  type ShipDeskFacts,
  type ShipReply,
  type Welcome,
} from '#contract/bus/index.ts';
import { decideCamera } from '#contract/cameras/index.ts';
import { emptyFeedState, evolveFeed, type FeedState, toFeedSnapshot } from '#contract/catalogue/index.ts';
import type { LinkListener, LinkTransport } from '#contract/link/index.ts';
import {
  type Actor,
  chainHash,
  countyFeed,
  deskFeed,
  type Fact,
  type FeedFact,
  type FeedName,
  genesisHash,
  type Position,
} from '#contract/record/index.ts';
import type { Clock, CountyId, DeskId, PersonId, Sha256, Timers } from '#contract/values/index.ts';

/** SHA-256, as everywhere outside a browser. */
export const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex');

const countyId = 'testland' as CountyId;
/** More missed facts than this, and the twin sends a snapshot: small, so that tests meet both ways. */
const maxGap = 40;
const snapshotChunk = 600;

type Feed = { epoch: string; facts: FeedFact[]; state: FeedState };
type Session = { readonly personId: PersonId };

/** What happens to a live `facts` message on its way: Socket.IO promises at most once, and nothing else (protocol.md). */
export type Mischief = () => 'arrives' | 'isLost' | 'comesTwice' | 'comesLate';

/**
 * The platform's side of the bus in memory: the same words and rules (feeds with hash chains, resume by position, receipts, shipments)
 * without network, disk and people's rights. Everything is delivered in a later turn.
 */
export class FakePlatform {
  readonly transport: LinkTransport;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #mischief: Mischief;
  readonly #feeds = new Map<FeedName, Feed>();
  readonly #sessions = new Map<string, Session>();
  readonly #receipts = new Map<string, { body: string; deskId: string; reply: CommandReply }>();
  readonly #settled = new Map<string, { commandSeq: number; shippedSeq: number }>();
  readonly #connections = new Set<Connection>();
  /** Commands that really ran, by id, in order: a command that is in here twice was applied twice. */
  readonly ran: string[] = [];
  #epochs = 1;
  #reachable = true;

  constructor({ clock, timers, mischief = () => 'arrives' }: { clock: Clock; timers: Timers; mischief?: Mischief }) {
    this.#clock = clock;
    this.#timers = timers;
    this.#mischief = mischief;
    this.transport = { connect: ({ handshake, listener }) => this.#connect(handshake, listener) };
    this.#tellHeads();
  }

  signIn(personId: PersonId): string {
    const session = `session-of-${personId}-${this.#sessions.size}`.padEnd(40, '-');
    this.#sessions.set(session, { personId });
    return session;
  }

  signOut(session: string): void {
    this.#sessions.delete(session);
    for (const connection of this.#connections) connection.sessionEnded(session);
  }

  /** The oracle: what a feed folds to. */
  stateOf(feed: FeedName): FeedState {
    return this.#feed(feed).state;
  }

  factsOf(feed: FeedName): readonly Fact[] {
    return this.#feed(feed).facts.map(({ fact }) => fact);
  }

  /** What the platform once and for all answered to a command: a refusal's code, null = done; undefined = it never came. */
  outcomeOf(commandId: string): string | null | undefined {
    const reply = this.#receipts.get(commandId)?.reply;
    if (reply === undefined) return undefined;
    return reply.ok ? null : reply.refusal.code;
  }

  /** All sockets break, in the middle of whatever they carry. */
  cut(): void {
    for (const connection of [...this.#connections]) connection.break();
  }

  /** Whether anybody can connect. */
  setReachable(isReachable: 'reachable' | 'away'): void {
    this.#reachable = isReachable === 'reachable';
    if (!this.#reachable) this.cut();
  }

  /** An older backup is put back: the last facts of every feed never happened, and a new epoch says so. */
  restoreBackup({ without }: { without: number }): void {
    this.#epochs += 1;
    for (const [name, feed] of [...this.#feeds]) this.#rewrite(name, feed.facts.slice(0, Math.max(0, feed.facts.length - without)));
    for (const [deskId, settled] of this.#settled) {
      const shippedSeq = this.#feed(deskFeed(deskId as DeskId)).facts.length;
      this.#settled.set(deskId, { ...settled, shippedSeq });
    }
    this.cut();
  }

  #rewrite(name: FeedName, kept: readonly FeedFact[]): void {
    this.#feeds.delete(name);
    for (const { fact } of kept) this.#append(name, fact);
  }

  #feed(name: FeedName): Feed {
    const known = this.#feeds.get(name);
    if (known !== undefined) return known;
    const feed: Feed = { epoch: `epoch-${this.#epochs}`, facts: [], state: emptyFeedState };
    this.#feeds.set(name, feed);
    return feed;
  }

  headOf(name: FeedName): Position {
    const { epoch, facts } = this.#feed(name);
    const last = facts.at(-1);
    return { feed: name, epoch, seq: last?.seq ?? 0, hash: last?.hash ?? genesisHash({ feed: name, epoch, sha256 }) };
  }

  #append(name: FeedName, fact: Fact): FeedFact {
    const feed = this.#feed(name);
    const head = this.headOf(name);
    const seq = head.seq + 1;
    const placed = { feed: name, epoch: feed.epoch, seq, hash: chainHash({ prevHash: head.hash, seq, fact, sha256 }), fact };
    feed.facts.push(placed);
    feed.state = evolveFeed(feed.state, fact);
    return placed;
  }

  #record(name: FeedName, fact: Fact): void {
    const placed = this.#append(name, fact);
    for (const connection of this.#connections) if (connection.feeds.includes(name)) this.#tellLive(connection, { facts: [placed] });
  }

  #tellLive(connection: Connection, message: FactsMessage): void {
    const copies = { arrives: [1], isLost: [], comesTwice: [1, 5], comesLate: [700] }[this.#mischief()];
    for (const delayMs of copies) connection.tell({ event: 'facts', body: message, delayMs });
  }

  #tellHeads(): void {
    for (const connection of this.#connections) {
      const heads = connection.feeds.map((feed) => this.headOf(feed));
      connection.tell({ event: 'heads', body: { platformNowMs: this.#clock.nowMs(), heads } });
    }
    this.#timers.afterMs(busLimits.headsEveryMs, () => this.#tellHeads());
  }

  #connect(handshake: Handshake, listener: LinkListener) {
    const { deskId } = handshake;
    const connection = new Connection({ listener, timers: this.#timers, feeds: [countyFeed(countyId), deskFeed(deskId)] });
    this.#timers.afterMs(1, () => {
      if (connection.isOver) return;
      if (!this.#reachable) return connection.break();
      this.#connections.add(connection);
      connection.onBroken = () => this.#connections.delete(connection);
      connection.tell({ event: 'welcome', body: this.#welcome(connection) });
    });
    return {
      request: (event: string, message: object) => connection.answered(() => this.#answer({ event, message, connection, deskId })),
      close: () => connection.drop(),
    };
  }

  #welcome({ feeds }: Connection): Welcome {
    const county = { countyId, countyName: '试验县', countyNameEn: 'Testland', timeZone: 'Asia/Shanghai' };
    return { protocolVersion, ...county, isDemo: true, platformNowMs: this.#clock.nowMs(), feeds: [...feeds] };
  }

  #answer({ event, message, connection, deskId }: { event: string; message: unknown; connection: Connection; deskId: string }): unknown {
    switch (event) {
      case 'resume':
        void this.#resume((message as Resume).places, connection);
        return { ok: true };
      case 'command':
        return this.#command(message as CommandMessage, deskId);
      case 'ship':
        return this.#ship(message as ShipDeskFacts, deskId);
      case 'attach':
        connection.session = (message as { session: string | null }).session;
        if (connection.session !== null && !this.#sessions.has(connection.session)) connection.sessionEnded(connection.session);
        return this.#welcome(connection);
      case 'ask':
        return { ok: false, refusal: { code: 'cameras.notConnected' } };
      case 'receipts':
        return { known: (message as AskReceipts).commandIds.filter((id) => this.#receipts.get(id)?.deskId === deskId) };
      default:
        return { platformNowMs: this.#clock.nowMs() };
    }
  }

  async #resume(places: Resume['places'], connection: Connection): Promise<void> {
    for (const { feed, position } of places) {
      const { epoch, facts, state } = this.#feed(feed);
      const head = this.headOf(feed);
      const own = position === null ? null : (facts[position.seq - 1]?.hash ?? genesisHash({ feed, epoch, sha256 }));
      const why = snapshotReason({ position, own, head });
      if (why === null) {
        await connection.credit({ kind: 'facts', feed, facts: facts.slice(position?.seq ?? 0), isLast: true });
        continue;
      }
      const text = JSON.stringify(toFeedSnapshot(state));
      const chunks = Math.ceil(text.length / snapshotChunk);
      for (let chunk = 0; chunk < chunks; chunk += 1) {
        const part = text.slice(chunk * snapshotChunk, (chunk + 1) * snapshotChunk);
        await connection.credit({ kind: 'snapshot', position: head, why, chunk, chunks, text: part });
      }
    }
  }

  #command(message: CommandMessage, deskId: string): CommandReply {
    const { commandId, session, deskSeq, command, askedAtMs } = message;
    const signedIn = this.#sessions.get(session);
    if (signedIn === undefined) return { ok: false, commandId, refusal: { code: 'access.sessionEnded' } };
    const body = JSON.stringify([signedIn.personId, deskSeq, askedAtMs, command]);
    const receipt = this.#receipts.get(commandId);
    if (receipt !== undefined)
      return receipt.body === body ? receipt.reply : { ok: false, commandId, refusal: { code: 'bus.commandReused' } };
    const settled = this.#settled.get(deskId) ?? { commandSeq: 0, shippedSeq: 0 };
    if (deskSeq <= settled.commandSeq) return { ok: false, commandId, refusal: { code: 'bus.receiptExpired' } };
    const reply = this.#run(message, signedIn.personId);
    this.#receipts.set(commandId, { body, deskId, reply });
    this.#settled.set(deskId, { ...settled, commandSeq: deskSeq });
    return reply;
  }

  #run({ commandId, command, lookedAtVersion }: CommandMessage, personId: PersonId): CommandReply {
    this.ran.push(commandId);
    if (command.type === 'record.eraseParticulars') return { ok: false, commandId, refusal: { code: 'record.unknownParticulars' } };
    if (command.type === 'map.draw' || command.type === 'map.eraseDrawing')
      return { ok: false, commandId, refusal: { code: 'access.notAllowed' } };
    if (command.type === 'evidence.erase') return { ok: false, commandId, refusal: { code: 'evidence.unknown' } };
    const feed = countyFeed(countyId);
    const decided = decideCamera(this.stateOf(feed).cameras, { command, isKnown: () => true });
    if (!decided.ok) return { ok: false, commandId, refusal: { code: decided.refusal.code } };
    const [actor, subject] = [`person/${personId}` as Actor, `camera/${command.cameraId}`];
    const surprises = this.factsOf(feed).filter(
      (fact) => fact.subject === subject && fact.actor !== actor && versionOf(fact) > (lookedAtVersion ?? Infinity),
    );
    if (surprises.length > 0) return { ok: false, commandId, refusal: { code: 'bus.entityMovedOn' } };
    for (const { type, payload } of decided.value) {
      const about = { countyId, type, v: 1, atMs: this.#clock.nowMs(), actor, commandId, subject };
      this.#record(feed, { ...about, payload: JSON.stringify(payload) });
    }
    return { ok: true, commandId, factCount: decided.value.length };
  }

  #ship({ facts }: ShipDeskFacts, deskId: string): ShipReply {
    const settled = this.#settled.get(deskId) ?? { commandSeq: 0, shippedSeq: 0 };
    let { shippedSeq } = settled;
    if ((facts[0]?.seq ?? 1) > shippedSeq + 1)
      return { ok: false, refusal: { code: 'bus.missingFacts', params: { missingFrom: shippedSeq + 1 } } };
    for (const { seq, fact } of facts) {
      if (seq !== shippedSeq + 1) continue;
      this.#record(deskFeed(deskId as DeskId), fact);
      shippedSeq = seq;
    }
    this.#settled.set(deskId, { ...settled, shippedSeq });
    return { ok: true, settledSeq: shippedSeq };
  }
}

function versionOf({ payload }: Fact): number {
  return (JSON.parse(payload) as { version: number }).version;
}

function snapshotReason({ position, own, head }: { position: Position | null; own: string | null; head: Position }) {
  if (position === null) return 'noPosition' as const;
  if (position.epoch !== head.epoch) return 'unknownEpoch' as const;
  if (position.seq > head.seq) return 'aheadOfHead' as const;
  if (position.hash !== own) return 'otherHash' as const;
  return head.seq - position.seq > maxGap ? ('gapTooLarge' as const) : null;
}

/** One socket of the twin. What is on its way when it breaks never arrives, in either direction. */
class Connection {
  readonly feeds: readonly FeedName[];
  readonly #listener: LinkListener;
  readonly #timers: Timers;
  session: string | null = null;
  onBroken: () => void = () => {};
  isOver = false;

  constructor({ listener, timers, feeds }: { listener: LinkListener; timers: Timers; feeds: readonly FeedName[] }) {
    this.#listener = listener;
    this.#timers = timers;
    this.feeds = feeds;
  }

  tell({
    event,
    body,
    delayMs = 1,
    acknowledge = () => {},
  }: {
    event: string;
    body: object;
    delayMs?: number;
    acknowledge?: () => void;
  }): void {
    const sent = structuredClone(body);
    this.#timers.afterMs(delayMs, () => {
      if (!this.isOver) this.#listener.onMessage({ event, body: sent, acknowledge });
    });
  }

  /** Sends a `feed` message; resolves with its acknowledgement, never when the socket breaks first. */
  credit(body: object): Promise<void> {
    return new Promise((resolve) => {
      this.tell({ event: 'feed', body, acknowledge: () => this.#timers.afterMs(1, () => (this.isOver ? undefined : resolve())) });
    });
  }

  /** A question: it may be lost on its way, or its answer may. */
  answered(answer: () => unknown): Promise<unknown> {
    return new Promise((resolve) => {
      this.#timers.afterMs(1, () => {
        if (this.isOver) return;
        const given = structuredClone(answer());
        this.#timers.afterMs(1, () => (this.isOver ? undefined : resolve(given)));
      });
    });
  }

  sessionEnded(session: string): void {
    if (this.session !== session) return;
    this.session = null;
    this.tell({ event: 'sessionEnded', body: { code: 'access.sessionEnded' } });
  }

  break(): void {
    if (this.isOver) return;
    this.drop();
    this.#listener.onClosed('the socket broke');
  }

  drop(): void {
    this.isOver = true;
    this.onBroken();
  }
}
