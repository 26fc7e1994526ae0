import { createBirpc } from 'birpc';
import {
  bridgeLimits,
  type Hello,
  type MainMethods,
  methodsOf,
  type Room,
  type RoomEvent,
  type WindowIdentity,
  type WindowMethods,
} from '#contract/bridge/index.ts';
import { busLimits } from '#contract/bus/index.ts';
import type { LinkLog } from '#contract/link/index.ts';
import type { Channel } from '#main/shell/index.ts';
import { readFrame } from './frames.ts';

/** What main answers to windows: every method but `hello`, which is the bridge's own. */
export type WindowAnswers = Omit<MainMethods, 'hello'>;

/** One window's channel being served. */
export type BridgeWindow = {
  /** Told in order, after Hello; before it they are part of it. */
  tell(events: readonly RoomEvent[]): void;
  /** One frame of positions. Only for a window that asked for it: then it has drained what it was sent before. */
  tellPositions(frame: Uint8Array): void;
  /** One small picture. A window that still has a quarter of what may wait misses it: the next one comes. */
  tellThumbnail(frame: Uint8Array): void;
};

export type ServedWindow = {
  readonly channel: Channel;
  readonly identity: WindowIdentity;
  readonly answers: WindowAnswers;
  /** The room as it stands. */
  readonly room: () => Room;
  readonly log: LinkLog;
};

/**
 * Serves one channel of one window: its calls, and the room's events after Hello. Strikes as on the bus: three unreadable frames close
 * the channel, and the page reconnects and starts from a new Hello.
 */
export function serveWindow(served: ServedWindow): BridgeWindow {
  return new ServedChannel(served);
}

class ServedChannel implements BridgeWindow {
  readonly #served: ServedWindow;
  readonly #rpc: { $callEvent(method: 'roomEvents', events: readonly RoomEvent[]): Promise<void>; $close(): void };
  #take: (call: unknown) => void = () => {};
  #strikes = 0;
  #isGreeted = false;
  #isClosed = false;

  constructor(served: ServedWindow) {
    const { answers, identity, channel, log } = served;
    this.#served = served;
    const functions = Object.fromEntries(methodsOf[identity.kind].flatMap((name) => (name === 'hello' ? [] : [[name, answers[name]]])));
    this.#rpc = createBirpc<WindowMethods, object, false>(functions, {
      post: (message: object) => this.#send(message),
      on: (listener) => {
        this.#take = listener;
      },
      proxify: false,
      onFunctionError: (error, name) => log.error({ err: error, method: name, windowId: identity.windowId }, 'answering a window failed'),
    });
    channel.onFrame((frame) => this.#onFrame(frame));
    channel.onClosed(() => {
      this.#isClosed = true;
      this.#rpc.$close();
    });
  }

  #onFrame(frame: string): void {
    if (this.#isClosed) return;
    const { identity, log } = this.#served;
    const read = readFrame(frame, identity.kind);
    switch (read.kind) {
      case 'call':
        return read.call.m === 'hello' ? this.#greet(read.call.i) : this.#take(read.call);
      case 'dropped': {
        this.#strikes += 1;
        const { why, method } = read;
        log.warn({ windowId: identity.windowId, why, method, strikes: this.#strikes }, 'a frame of a window was dropped');
        if (this.#strikes >= busLimits.strikes) this.#close('too many unreadable frames');
      }
    }
  }

  // Answered here and not through birpc, which answers some turns later: no event may come between the Hello and what follows from it.
  #greet(callId: string | undefined): void {
    if (callId === undefined) return;
    this.#send({ t: 's', i: callId, r: this.#hello() });
    this.#isGreeted = true;
  }

  #hello(): Hello {
    const { identity, room } = this.#served;
    // A wall has no log-in screen and no outbox: nobody who reads its memory finds accounts or commands there.
    const forWall = { demoAccounts: [], waiting: { own: [], others: [] } };
    return { window: identity, room: identity.kind === 'wall' ? { ...room(), ...forWall } : room(), methods: methodsOf[identity.kind] };
  }

  #send(message: object): void {
    if (!this.#isClosed) this.#served.channel.send(JSON.stringify(message));
  }

  tell(events: readonly RoomEvent[]): void {
    if (this.#isClosed || !this.#isGreeted || events.length === 0) return;
    const waitingBytes = this.#served.channel.undrainedBytes();
    // A window that does not drain is closed and starts from a new Hello (safety.md, "Kiosk and bridge"): a backlog would only grow.
    if (waitingBytes > bridgeLimits.maxUndrainedBytes) return this.#close(`${waitingBytes} bytes wait`);
    void this.#rpc.$callEvent('roomEvents', events);
  }

  tellPositions(frame: Uint8Array): void {
    if (!this.#isClosed && this.#isGreeted) this.#served.channel.sendBytes(frame);
  }

  tellThumbnail(frame: Uint8Array): void {
    if (this.#served.channel.undrainedBytes() <= bridgeLimits.maxUndrainedBytes / 4) this.tellPositions(frame);
  }

  #close(why: string): void {
    this.#isClosed = true;
    this.#served.log.warn({ windowId: this.#served.identity.windowId, why }, 'the channel of a window is closed');
    this.#rpc.$close();
    this.#served.channel.close();
  }
}
