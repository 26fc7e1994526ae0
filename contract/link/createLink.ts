import type { z } from 'zod';
import type { SignedHeads } from '#contract/audit/index.ts';
import type { Continuity, HealedGap, LinkStatus, WaitingCommands } from '#contract/bridge/index.ts';
import {
  ClockReply,
  type DeskCommand,
  type DirectoryTold,
  type Handshake,
  type Heads,
  platformEvents,
  type Question,
  Welcome,
} from '#contract/bus/index.ts';
import type { Fact, FeedName, Position } from '#contract/record/index.ts';
import type { Clock, CommandId, Randomness, Refusal, Result, Sha256, Timers } from '#contract/values/index.ts';
import { type ClockSample, clockOffsetMs, clockSamples } from './clockOffset.ts';
import { type ConnectionState, KeptConnection } from './keptConnection.ts';
import { continuityOf, newContinuityLog, noteArrivals, noteHealed } from './continuity.ts';
import { createDoneBook, type DoneBook } from './doneCommands.ts';
import type { DeskFactSource, DoneJournal, LinkListener, LinkLog, LinkTransport, OutboxJournal } from './ports.ts';
import { Reader, type SnapshotTaken } from './reader.ts';
import { type AttachedPerson, type CommandSettled, createSender, type QueuedCommand, type Sender, type WaitingWord } from './sender.ts';
import { createShipper, type Shipper } from './shipper.ts';

/** What a link is made of. The callbacks come in the order in which things happened and never while the caller is inside the link. */
export type LinkPorts = {
  readonly transport: LinkTransport;
  readonly journal: OutboxJournal;
  /** Absent where it may be forgotten with the process which commands were done. */
  readonly doneJournal?: DoneJournal;
  /** Absent where nothing is shipped (a center's page has no walls). */
  readonly deskFacts?: DeskFactSource;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly randomness: Randomness;
  readonly sha256: Sha256;
  readonly log?: LinkLog;
  /** Newly applied facts, in order per feed, each exactly once. */
  readonly onFacts: (facts: readonly { feed: FeedName; fact: Fact }[]) => void;
  /** A feed's state is replaced by this. */
  readonly onSnapshot: (taken: SnapshotTaken) => void;
  readonly onStatus: (status: LinkStatus) => void;
  /** `continuity()` may have changed: with every round of heads and every change of the connection. */
  readonly onContinuity?: () => void;
  readonly onSettled: (settled: CommandSettled) => void;
  /** Version of what a command changes, as the record has it here; null or absent = not known, and then only its age asks for a word. */
  readonly versionOf?: (command: DeskCommand) => number | null;
  /** `waiting()` may have changed. */
  readonly onWaiting?: () => void;
  /** Told on each connection and after each change of session: the county, and the feeds that may be read now. */
  readonly onWelcome?: (welcome: Welcome) => void;
  /** The person's session is over: told by the platform, or found when it was attached. */
  readonly onSessionEnded?: (code: string) => void;
  /** The directory's pages have this revision for this workstation; told after each connection's welcome and with each other revision. */
  readonly onDirectory?: (told: DirectoryTold) => void;
  /** Once a minute: where all feeds are, signed by the platform; to be kept (contract/audit). */
  readonly onSignedHeads?: (signed: SignedHeads) => void;
  /** A frame of positions (contract/responders) as it came, unread. */
  readonly onPositions?: (frame: Uint8Array) => void;
  /** platform clock minus this machine's clock, ms. */
  readonly onClockOffset?: (offsetMs: number) => void;
};

/** How often the offset between the clocks is measured anew: a clock may be set, and quartz drifts up to 9 ms in 90 s (100 ppm). */
const clockEveryMs = 60_000;

type PlatformMessage = {
  [Event in keyof typeof platformEvents]: { event: Event; body: z.infer<(typeof platformEvents)[Event]> };
}[keyof typeof platformEvents];

const noJournal: DoneJournal = { load: async () => [], append: async () => {}, rewrite: async () => {} };

const silentLog: LinkLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** One link: what a desk or a page has of the platform. */
export type Link = {
  /** Reads the outbox. Once, before everything else. Rejects when the journal cannot be read. */
  load(): Promise<void>;
  /** Connects and stays connected. A second call with another identity starts anew. */
  open(handshake: Handshake): void;
  /** The person at the desk (null: nobody). His commands are sent from now on, nobody else's. */
  attach(person: AttachedPerson | null): void;
  /** Takes a command: on the disk when this resolves; what came of it is told by `onSettled`. Refusals: `link.outboxFull`, `link.outboxReadOnly`. */
  queue(asked: QueuedCommand): Promise<Result<null>>;
  /** The outbox as the attached person may see it; times of this machine's clock. */
  waiting(): WaitingCommands;
  /** A person's word about his entry that was never sent. Refusals: `link.notWaiting`, `link.outboxReadOnly`. */
  settleWaiting(word: WaitingWord): Promise<Result<null>>;
  /** People have read which commands are lost (`status().lostCommands`): these are told no more. */
  lostSeen(commandIds: readonly CommandId[]): Promise<void>;
  /** Asks without recording; the answer as it came, null without a connection. Never repeated. */
  ask(question: Question): Promise<unknown>;
  /** Asks for a whole picture of all positions. Without a connection it is not needed: a new one begins with one. */
  askWholePositions(): void;
  /** There are new desk facts to ship. */
  shipDeskFacts(): void;
  status(): LinkStatus;
  /** What may be relied on: lag, places, healed gaps, missed facts since the start of the shift. Pure reading, cheap enough for every head. */
  continuity(): Omit<Continuity, 'unknownFacts'>;
  /** Where the link is in each feed that it holds. */
  positions(): readonly Position[];
  /** Ends the connection for good. */
  close(): void;
};

/** Makes a link's core: pure but for its ports, used by main with a socket and a file, by a browser page, and by tests. */
export function createLink(ports: LinkPorts): Link {
  return new LinkCore(ports);
}

class LinkCore implements Link {
  readonly #ports: LinkPorts;
  readonly #log: LinkLog;
  readonly #connection: KeptConnection;
  readonly #reader: Reader;
  readonly #sender: Sender;
  readonly #shipper: Shipper | null;
  readonly #doneBook: DoneBook;
  #state: ConnectionState & { readonly sinceMs: number };
  #person: AttachedPerson | null = null;
  /** The session that this connection is bound to, as the platform confirmed it. */
  #attachedSession: string | null = null;
  #isWelcome = false;
  #unknownEvents = 0;
  #cancelClock = () => {};
  #toldStatus = '';
  #continuity: ReturnType<typeof newContinuityLog>;
  /** Null until the clocks were compared. */
  #offsetMs: number | null = null;
  #timeZone: string | null = null;

  constructor(ports: LinkPorts) {
    const log = ports.log ?? silentLog;
    this.#ports = ports;
    this.#log = log;
    this.#state = { kind: 'down', sinceMs: ports.clock.nowMs() };
    this.#continuity = newContinuityLog(ports.clock.nowMs());
    const connection = new KeptConnection({
      ...ports,
      log,
      onMessage: (message) => this.#onMessage(message),
      onState: (state) => this.#onState(state),
      onDisconnected: () => this.#onDisconnected(),
    });
    const onProgress = () => this.#tellStatus();
    const request = connection.request.bind(connection);
    this.#connection = connection;
    this.#reader = new Reader({
      ...ports,
      log,
      resume: (places) => void request('resume', { places }),
      giveUp: (why) => connection.giveUp(why),
      onFacts: (facts) => this.#takeFacts(facts),
      onSnapshot: (taken) => this.#takeSnapshot(taken),
      onHealed: (gap) => this.#noteHealed(gap),
      onProgress,
    });
    this.#doneBook = createDoneBook({ journal: ports.doneJournal ?? noJournal, clock: ports.clock, log, request, onProgress });
    this.#sender = createSender({
      ...ports,
      log,
      request,
      person: () => this.#sendingPerson(),
      onDone: this.#doneBook.note,
      versionOf: (command) => ports.versionOf?.(command) ?? null,
      onProgress: () => {
        onProgress();
        ports.onWaiting?.();
      },
    });
    this.#shipper = ports.deskFacts === undefined ? null : createShipper({ source: ports.deskFacts, log, request, onProgress });
  }

  async load(): Promise<void> {
    await this.#doneBook.load();
    await this.#sender.load();
  }

  open(handshake: Handshake): void {
    this.#reader.reset();
    this.#connection.open(handshake);
  }

  attach(person: AttachedPerson | null): void {
    this.#person = person;
    this.#ports.onWaiting?.();
    if (this.#isWelcome) void this.#attachNow();
  }

  queue(asked: Parameters<Link['queue']>[0]): Promise<Result<null>> {
    return this.#sender.queue(asked);
  }

  waiting(): WaitingCommands {
    return this.#sender.waitingFor(this.#person?.personId ?? null);
  }

  settleWaiting(word: WaitingWord): Promise<Result<null>> {
    return this.#sender.settleWaiting(word);
  }

  lostSeen(commandIds: readonly CommandId[]): Promise<void> {
    return this.#doneBook.seen(commandIds);
  }

  ask(question: Question): Promise<unknown> {
    return this.#connection.request('ask', question);
  }

  askWholePositions(): void {
    void this.#connection.request('positions', {});
  }

  shipDeskFacts(): void {
    this.#shipper?.ship();
    this.#tellStatus();
  }

  positions(): readonly Position[] {
    return this.#reader.positions();
  }

  status(): LinkStatus {
    const { kind, sinceMs } = this.#state;
    const code = this.#state.kind === 'refused' ? this.#state.code : null;
    const waiting = this.#sender.waiting() + (this.#ports.deskFacts?.waiting() ?? 0);
    return { kind, sinceMs, code, ...this.#reader.counts(), waiting, lostCommands: [...this.#doneBook.lost()] };
  }

  continuity(): ReturnType<Link['continuity']> {
    return continuityOf(this.#continuity, {
      nowMs: this.#ports.clock.nowMs(),
      offsetMs: this.#offsetMs ?? 0,
      timeZone: this.#timeZone,
      missing: this.#reader.counts().missed,
      feeds: this.#reader.places(),
    });
  }

  close(): void {
    this.#sender.close();
    this.#connection.close();
  }

  #takeFacts(facts: Parameters<LinkPorts['onFacts']>[0]): void {
    this.#continuity = noteArrivals(this.#continuity, { facts, nowMs: this.#ports.clock.nowMs(), offsetMs: this.#offsetMs });
    this.#ports.onFacts(facts);
  }

  #noteHealed(gap: Omit<HealedGap, 'atMs'>): void {
    this.#continuity = noteHealed(this.#continuity, { ...gap, atMs: this.#ports.clock.nowMs() });
  }

  #takeHeads(heads: Heads): void {
    this.#reader.takeHeads(heads);
    const epoch = heads.heads[0]?.epoch;
    if (epoch === undefined) return;
    void this.#doneBook.epochIs(epoch);
    void this.#sender.epochIs(epoch);
  }

  #takeSnapshot(taken: SnapshotTaken): void {
    void this.#sender.epochIs(taken.position.epoch);
    this.#ports.onSnapshot(taken);
  }

  #onState(next: ConnectionState): void {
    const { kind, sinceMs } = this.#state;
    if (next.kind !== kind) this.#log.info({ from: kind, to: next.kind }, 'link');
    this.#state = { ...next, sinceMs: next.kind === kind ? sinceMs : this.#ports.clock.nowMs() };
    this.#tellStatus();
    this.#ports.onContinuity?.();
  }

  #onDisconnected(): void {
    this.#isWelcome = false;
    this.#attachedSession = null;
    this.#cancelClock();
    this.#reader.disconnected();
    this.#shipper?.disconnected();
  }

  #onMessage({ event, body, acknowledge }: Parameters<LinkListener['onMessage']>[0]): 'taken' | 'unreadable' {
    if (!Object.hasOwn(platformEvents, event)) return this.#unknownEvent({ event, acknowledge });
    const name = event as keyof typeof platformEvents;
    const parsed = platformEvents[name].safeParse(body);
    if (!parsed.success) return 'unreadable';
    this.#take({ event: name, body: parsed.data } as PlatformMessage);
    acknowledge();
    return 'taken';
  }

  /** A newer platform may say more (protocol.md: neighbouring versions differ by addition only): counted, acknowledged, ignored. */
  #unknownEvent({ event, acknowledge }: { event: string; acknowledge: () => void }): 'taken' {
    this.#unknownEvents += 1;
    if (this.#unknownEvents === 1) this.#log.info({ event: event.slice(0, 64) }, 'the platform says what this version does not know');
    acknowledge();
    return 'taken';
  }

  #take(message: PlatformMessage): void {
    switch (message.event) {
      case 'welcome':
        return this.#welcome(message.body);
      case 'directory':
        return this.#ports.onDirectory?.(message.body);
      case 'feed':
        return this.#reader.takeFeedMessage(message.body);
      case 'facts':
        return this.#reader.takeLive(message.body.facts);
      case 'heads':
        this.#takeHeads(message.body);
        return this.#ports.onContinuity?.();
      case 'sessionEnded':
        return this.#sessionEnded(message.body.code);
      case 'signedHeads':
        return this.#ports.onSignedHeads?.(message.body);
      case 'positions':
        return this.#ports.onPositions?.(message.body);
    }
  }

  #welcome(welcome: Welcome): void {
    const connection = this.#isWelcome ? 'same' : 'fresh';
    this.#isWelcome = true;
    this.#timeZone = welcome.timeZone;
    this.#connection.welcomed();
    this.#ports.onWelcome?.(welcome);
    this.#reader.setFeeds({ feeds: welcome.feeds, connection });
    if (connection === 'same') return;
    if (this.#person !== null) void this.#attachNow();
    this.#shipper?.start();
    void this.#measureClock();
  }

  async #attachNow(): Promise<void> {
    const asked = this.#person;
    const answer = await this.#connection.request('attach', { session: asked?.session ?? null });
    if (answer === null) return;
    const renewed = Welcome.safeParse(answer);
    if (renewed.success) this.#welcome(renewed.data);
    // Somebody else logged in meanwhile, or the platform has ended the session: then this answer binds nobody.
    if (asked !== this.#person) return;
    if (!renewed.success) return this.#sessionEnded(refusalCode(answer) ?? 'access.sessionEnded');
    this.#attachedSession = asked?.session ?? null;
    this.#sender.pump();
  }

  #sendingPerson(): AttachedPerson | null {
    return this.#isWelcome && this.#person?.session === this.#attachedSession ? this.#person : null;
  }

  #sessionEnded(code: string): void {
    this.#person = null;
    this.#attachedSession = null;
    this.#log.info({ code }, 'the session ended');
    this.#ports.onSessionEnded?.(code);
  }

  async #measureClock(): Promise<void> {
    const samples: ClockSample[] = [];
    while (samples.length < clockSamples) {
      const askedAtMs = this.#ports.clock.nowMs();
      const reply = ClockReply.safeParse(await this.#connection.request('clock', {}));
      if (!reply.success) return;
      samples.push({ askedAtMs, answeredAtMs: this.#ports.clock.nowMs(), platformNowMs: reply.data.platformNowMs });
    }
    this.#offsetMs = clockOffsetMs(samples);
    this.#ports.onClockOffset?.(this.#offsetMs);
    this.#cancelClock();
    this.#cancelClock = this.#ports.timers.afterMs(clockEveryMs, () => void this.#measureClock());
  }

  #tellStatus(): void {
    const status = this.status();
    const text = JSON.stringify(status);
    if (text === this.#toldStatus) return;
    this.#toldStatus = text;
    this.#ports.onStatus(status);
  }
}

function refusalCode(answer: unknown): string | null {
  const refusal = (answer as { refusal?: Partial<Refusal> } | null)?.refusal;
  return typeof refusal?.code === 'string' ? refusal.code : null;
}
