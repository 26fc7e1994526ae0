/** Every desk (or plain client) of one side, in one process of its own: the bench asks it over the process channel. */
import { createHash } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createBirpc } from 'birpc';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import type { Handshake } from '#contract/bus/index.ts';
import { emptyFeedState, evolveFeedAll, type FeedState, fromFeedSnapshot } from '#contract/catalogue/index.ts';
import { createLink, type Link } from '#contract/link/index.ts';
import type { FeedFact, FeedName, Position } from '#contract/record/index.ts';
import { createSocketTransport } from '#main/link/index.ts';
import { machineClock, machineTimers, sha256 } from '#main/machine/index.ts';
import { type BreakableTransport, breakable } from '../../builders/breakableTransport.ts';

/** What one desk was told since it was last asked: commands in order, and when (ns of the machine's monotonic clock). */
export type Told = { readonly commandIds: readonly string[]; readonly atNs: readonly number[]; readonly digest: string };

type Desk = { link: Link | null; cut: BreakableTransport['cut']; ids: string[]; atNs: number[]; state: FeedState; finished: number };

/** While the platform is away on purpose, a desk asks for it this often: the back-off's own length is not what is measured. */
const awayRetryMs = 500;
let isAway = false;
let backAtMs = 0;

const desks: Desk[] = [];
const waiting = new Set<() => void>();
const nowNs = () => Number(process.hrtime.bigint());
const newDesk = (): Desk => ({ link: null, cut: () => {}, ids: [], atNs: [], state: emptyFeedState, finished: 0 });

function changed(): void {
  for (const look of waiting) look();
}

/** Resolves as soon as it is so, looked at after each message. */
function until(isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isSo()) return;
      waiting.delete(look);
      resolve();
    };
    waiting.add(look);
    look();
  });
}

function keep(desk: Desk, facts: readonly { fact: { commandId: string | null } }[]): void {
  const atNs = nowNs();
  for (const { fact } of facts) {
    desk.ids.push(fact.commandId ?? '');
    desk.atNs.push(atNs);
  }
  changed();
}

const placeOf = ({ link }: Desk, feed: FeedName): Position | undefined => link?.positions().find((place) => place.feed === feed);
const isThere = (desk: Desk, { feed, seq }: { feed: FeedName; seq: number }) =>
  desk.link?.status().kind === 'live' && (placeOf(desk, feed)?.seq ?? -1) >= seq;

async function openLink({ url, handshake, feed }: { url: string; handshake: Handshake; feed: FeedName }): Promise<void> {
  const desk = newDesk();
  const { transport, cut } = breakable(createSocketTransport({ platformUrl: url }));
  desk.cut = cut;
  desk.link = createLink({
    transport,
    journal: { load: async () => [], append: async () => {}, rewrite: async () => {} },
    clock: machineClock,
    timers: { afterMs: (ms, run) => machineTimers.afterMs(isAway ? Math.min(ms, awayRetryMs) : ms, run) },
    onWelcome: () => {
      if (isAway) backAtMs = performance.now();
      isAway = false;
    },
    randomness: Math.random,
    sha256,
    onFacts: (facts) => {
      const own = facts.filter((told) => told.feed === feed);
      desk.state = evolveFeedAll(
        desk.state,
        own.map(({ fact }) => fact),
      );
      keep(desk, own);
    },
    onSnapshot: ({ feed: of, snapshot }) => {
      if (of === feed) desk.state = fromFeedSnapshot(snapshot);
      // The desk's place moves when this returns.
      setImmediate(changed);
    },
    onStatus: changed,
    onSettled: () => {},
  });
  desks.push(desk);
  await desk.link.load();
  desk.link.open(handshake);
}

async function openPlain(url: string): Promise<void> {
  const desk = newDesk();
  desks.push(desk);
  const socket = io(url, { transports: ['websocket'], forceNew: true, auth: { role: 'desk' } });
  socket.on('facts', ({ facts }: { facts: readonly FeedFact[] }) => keep(desk, facts));
  socket.on('finished', () => {
    desk.finished += 1;
    changed();
  });
  await new Promise<void>((resolve) => socket.on('connect', resolve));
}

async function openBare(url: string): Promise<void> {
  const desk = newDesk();
  desks.push(desk);
  const socket = new WebSocket(`${url}/desk`);
  socket.on('message', (bytes: Buffer) => {
    const message = JSON.parse(bytes.toString('utf8')) as { facts?: readonly FeedFact[] };
    if (message.facts !== undefined) return keep(desk, message.facts);
    desk.finished += 1;
    changed();
  });
  await new Promise<void>((resolve) => socket.on('open', () => resolve()));
}

function take(desk: Desk): Told {
  const told = { commandIds: desk.ids, atNs: desk.atNs, digest: createHash('sha256').update(desk.ids.join()).digest('hex') };
  [desk.ids, desk.atNs, desk.finished] = [[], [], 0];
  return told;
}

const functions = {
  async openLinks({ url, handshakes, feed, seq }: { url: string; handshakes: readonly Handshake[]; feed: FeedName; seq: number }) {
    for (const handshake of handshakes) await openLink({ url, handshake, feed });
    await until(() => desks.every((desk) => isThere(desk, { feed, seq })));
  },
  openPlain: async ({ url, count }: { url: string; count: number }) =>
    void (await Promise.all(Array.from({ length: count }, () => openPlain(url)))),
  openBare: async ({ url, count }: { url: string; count: number }) =>
    void (await Promise.all(Array.from({ length: count }, () => openBare(url)))),
  /** Resolves when every desk was told this many facts. */
  toldAll: (count: number) => until(() => desks.every(({ ids }) => ids.length >= count)),
  /** Resolves when every plain client was told that there will be no more. */
  finished: () => until(() => desks.every(({ finished }) => finished > 0)),
  take: () => desks.map(take),
  places: (feed: FeedName) => desks.map((desk) => placeOf(desk, feed) ?? null),
  /** The platform goes away. */
  away: () => {
    isAway = true;
  },
  /** From the platform's welcome until the desk is where the record is: ms, the longest time that this process was busy in one piece, facts applied. */
  async caughtUp({ feed, seq }: { feed: FeedName; seq: number }) {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await until(() => desks.every((desk) => isThere(desk, { feed, seq })));
    delay.disable();
    const applied = desks[0]?.ids.length ?? 0;
    return { ms: performance.now() - backAtMs, longestBusyMs: delay.max / 1e6, by: applied > 0 ? `${applied} facts` : 'snapshot' };
  },
  /** Breaks every socket at once; ms until every desk is live again and where the record is. */
  async cutAll({ feed, seq }: { feed: FeedName; seq: number }): Promise<number> {
    const startedAtMs = performance.now();
    for (const { cut } of desks) cut();
    await until(() => desks.every((desk) => isThere(desk, { feed, seq })));
    return performance.now() - startedAtMs;
  },
};
/** What the bench may ask of the desks. */
export type DesksFunctions = typeof functions;

createBirpc<object, DesksFunctions>(functions, {
  post: (message) => void process.send?.(message),
  on: (listener) => process.on('message', listener),
  timeout: -1,
});
process.on('disconnect', () => process.exit(0));
