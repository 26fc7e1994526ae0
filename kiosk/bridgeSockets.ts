import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { type BridgeOpened, BridgeOpening, bridgeLimits } from '#contract/bridge/index.ts';
import type { Timers, WindowId } from '#contract/values/index.ts';
import { type Channel, createAnnouncer, createEnding } from '#main/shell/index.ts';
import type { Admissions } from './admissions.ts';
import type { KioskLog } from './log.ts';

/** The bridge's WebSockets: admits pages, hands each admitted one over as a Channel of its window. */
export type BridgeSockets = {
  /** Takes over an HTTP upgrade whose Host, Origin and path were already found right. */
  accept(request: IncomingMessage, wire: { readonly socket: Duplex; readonly head: Buffer }): void;
  /** Told for each channel of this window. Returns the unsubscriber. */
  onChannel(windowId: WindowId, listener: (channel: Channel) => void): () => void;
  /** Ends this window's channel, if it has one. */
  drop(windowId: WindowId): void;
  /** Told when somebody came with a code or token that is not (or no longer) good. Returns the unsubscriber. */
  onRefused(listener: () => void): () => void;
  close(): void;
};

const closeNormal = 1000;
/** A wrong code or token. */
const closeNotAdmitted = 4401;
/** A newer page of the same window took over. */
const closeReplaced = 4409;
/** A page that floods. */
const closeTooMuch = 4429;

/** A page sends its opening at once; whoever says nothing is not one. */
const openingDeadlineMs = 5000;
/** Sockets that have not been admitted yet; a room has a few dozen windows at most. */
const maxStrangers = 64;
/** Frames a window may send per second: a wall reports once a second, a console a few; beyond this something loops. */
const maxFramesPerSecond = 2000;

export type BridgeSocketsPorts = { readonly admissions: Admissions; readonly timers: Timers; readonly log: KioskLog };

export function createBridgeSockets({ admissions, timers, log }: BridgeSocketsPorts): BridgeSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: bridgeLimits.toMainBytes, perMessageDeflate: false });
  const listeners = new Map<WindowId, Set<(channel: Channel) => void>>();
  const refusedListeners = new Set<() => void>();
  const current = new Map<WindowId, Line>();
  let strangers = 0;

  const open = (socket: WebSocket, firstFrame: string) => {
    const opening = parseOpening(firstFrame);
    const admitted = opening === undefined ? null : admissions.admit(opening);
    if (admitted === null) {
      log.warn({}, 'a bridge socket came without a good code or token');
      socket.close(closeNotAdmitted);
      for (const listener of [...refusedListeners]) listener();
      return;
    }
    const { windowId, token } = admitted;
    current.get(windowId)?.end(closeReplaced);
    const line = openLine({ socket, timers });
    current.set(windowId, line);
    line.channel.onClosed(() => {
      if (current.get(windowId) === line) current.delete(windowId);
    });
    socket.send(JSON.stringify({ type: 'opened', token, windowId } satisfies BridgeOpened));
    for (const listener of [...(listeners.get(windowId) ?? [])]) listener(line.channel);
  };

  server.on('connection', (socket) => {
    strangers += 1;
    socket.on('error', (error) => log.debug({ error: error.message }, 'a bridge socket failed'));
    if (strangers > maxStrangers) socket.terminate();
    const stopWaiting = timers.afterMs(openingDeadlineMs, () => socket.close(closeNotAdmitted));
    const settle = once(() => {
      strangers -= 1;
      stopWaiting();
    });
    socket.once('close', settle);
    socket.once('message', (bytes, isBinary) => {
      settle();
      open(socket, isBinary ? '' : toText(bytes));
    });
  });

  return {
    accept: (request, { socket, head }) =>
      server.handleUpgrade(request, socket, head, (opened) => server.emit('connection', opened, request)),
    onChannel(windowId, listener) {
      const ofWindow = listeners.get(windowId) ?? new Set();
      listeners.set(windowId, ofWindow);
      ofWindow.add(listener);
      return () => {
        ofWindow.delete(listener);
        if (ofWindow.size === 0) listeners.delete(windowId);
      };
    },
    drop: (windowId) => current.get(windowId)?.end(closeNormal),
    onRefused(listener) {
      refusedListeners.add(listener);
      return () => void refusedListeners.delete(listener);
    },
    close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function parseOpening(frame: string): BridgeOpening | undefined {
  try {
    return BridgeOpening.parse(JSON.parse(frame));
  } catch {
    return undefined;
  }
}

/** An admitted socket as main sees it; `end` tells its listeners at once, not when the other side has said good-bye. */
type Line = { readonly channel: Channel; end(code: number): void };

function openLine({ socket, timers }: { socket: WebSocket; timers: Timers }): Line {
  const frames = createAnnouncer<string>();
  const closed = createEnding<void>();
  const flood = createFloodGate({ timers });
  let isClosed = false;

  const end = (code: number) => {
    if (isClosed) return;
    isClosed = true;
    flood.stop();
    socket.close(code);
    closed.tell();
  };
  socket.on('message', (bytes, isBinary) => {
    if (isClosed) return;
    if (isBinary || !flood.lets()) return end(closeTooMuch);
    frames.tell(toText(bytes));
  });
  socket.on('close', () => end(closeNormal));
  const channel: Channel = {
    send(frame) {
      if (!isClosed) socket.send(frame);
    },
    sendBytes(bytes) {
      if (!isClosed) socket.send(bytes);
    },
    undrainedBytes: () => socket.bufferedAmount,
    onFrame: frames.listen,
    onClosed: closed.listen,
    close: () => end(closeNormal),
  };
  return { channel, end };
}

function createFloodGate({ timers }: { timers: Timers }): { lets(): boolean; stop(): void } {
  let framesThisSecond = 0;
  let stopSecond: (() => void) | undefined;
  return {
    lets() {
      framesThisSecond += 1;
      stopSecond ??= timers.afterMs(1000, () => {
        framesThisSecond = 0;
        stopSecond = undefined;
      });
      return framesThisSecond <= maxFramesPerSecond;
    },
    stop: () => stopSecond?.(),
  };
}

/** ws hands text over as one Buffer (its default `binaryType`). */
function toText(bytes: RawData): string {
  return Buffer.isBuffer(bytes) ? bytes.toString('utf8') : '';
}

function once(run: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    run();
  };
}
