import { once } from 'node:events';
import { WebSocket } from 'ws';
import { decodePiece, PushNotice, type PushPiece, type PushRequest } from '#contract/cameras/index.ts';
import { WindowId } from '#contract/values/index.ts';
import type { Standstills } from './standstills.ts';

/** A whole init segment or fragment as a window puts it together. */
export type Received = Omit<PushPiece, 'payload' | 'isLast'> & { readonly bytes: Uint8Array };

/** A window's end of the push socket: collects what comes, acknowledges by itself unless told not to. */
export type PushWindow = {
  readonly notices: PushNotice[];
  readonly received: Received[];
  /** Channel of each piece in the order of arrival, to see that channels take turns. */
  readonly pieceChannels: number[];
  readonly largestPiece: () => number;
  readonly closedWith: () => number | null;
  tell(request: PushRequest): void;
  tellRaw(text: string | Buffer): void;
  acknowledging(how: 'always' | 'never'): void;
  /** Nothing of this channel is acknowledged any more. */
  neverAcknowledge(channel: number): void;
  /** Reads nothing any more, and leaves the socket open. */
  stopReading(): void;
  /** Vanishes without a word, as a killed browser does. */
  vanish(): void;
  close(): Promise<void>;
};

/** What one channel received, cut where its camera was started again: each run begins with its init segment. */
export function runsOf({ received }: Pick<PushWindow, 'received'>, channel = 1): readonly (readonly Received[])[] {
  const own = received.filter((whole) => whole.channel === channel);
  const starts = own.flatMap(({ isInit }, at) => (isInit ? [at] : []));
  return starts.map((from, at) => own.slice(from, starts[at + 1]));
}

/** Holes of one channel that are not this process's own doing: who stands still acknowledges nothing, and is served as a slow one. */
export function holesOf({ received }: Pick<PushWindow, 'received'>, { channel, stood }: { channel: number; stood: Standstills }): number {
  const holes = received.filter((whole) => whole.channel === channel && !whole.isInit && whole.isAfterHole);
  return holes.filter(({ arrivedAtMs }) => !stood.wasNear(arrivedAtMs)).length;
}

/** `keeps: 'times'` = the bytes of what is received are let go of: hundreds of windows would be gigabytes. */
export async function openPushWindow({
  url,
  window = 'window-1',
  keeps = 'bytes',
}: {
  url: string;
  window?: string | null;
  keeps?: 'bytes' | 'times';
}): Promise<PushWindow> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const notices: PushNotice[] = [];
  const received: Received[] = [];
  const pieceChannels: number[] = [];
  const partial = new Map<number, Uint8Array[]>();
  let largest = 0;
  let closedWith: number | null = null;
  let acks: 'always' | 'never' = 'always';
  const unacknowledged = new Set<number>();

  const tell = (request: PushRequest) => socket.send(JSON.stringify(request));
  const acknowledge = ({ channel, mediaTime, bytes }: Received) => tell({ type: 'ack', channel, mediaTime, bytes: bytes.length });
  const takePiece = (raw: Uint8Array) => {
    const piece = decodePiece(raw);
    if (piece === null) throw new Error('not a piece');
    const { payload, isLast, ...rest } = piece;
    pieceChannels.push(piece.channel);
    largest = Math.max(largest, payload.length);
    const parts = [...(partial.get(piece.channel) ?? []), payload];
    partial.set(piece.channel, isLast ? [] : parts);
    if (!isLast) return;
    const whole = { ...rest, bytes: Buffer.concat(parts) };
    received.push(keeps === 'bytes' ? whole : { ...whole, bytes: Buffer.alloc(0) });
    if (!whole.isInit && acks === 'always' && !unacknowledged.has(whole.channel)) acknowledge(whole);
  };

  socket.on('message', (raw: Buffer, isBinary: boolean) => {
    if (isBinary) takePiece(raw);
    else notices.push(PushNotice.parse(JSON.parse(raw.toString('utf8'))));
  });
  socket.on('close', (code) => {
    closedWith = code;
  });
  await once(socket, 'open');
  if (window !== null) tell({ type: 'hello', windowId: WindowId.parse(window) });
  return {
    ...{ notices, received, pieceChannels, tell },
    largestPiece: () => largest,
    closedWith: () => closedWith,
    vanish: () => socket.terminate(),
    neverAcknowledge: (channel) => void unacknowledged.add(channel),
    stopReading: () => socket.pause(),
    tellRaw: (text) => socket.send(text),
    acknowledging(how) {
      acks = how;
      const last = received.findLast((whole) => !whole.isInit);
      if (how === 'always' && last !== undefined) acknowledge(last);
    },
    async close() {
      const closed = closedWith === null ? once(socket, 'close') : null;
      socket.terminate();
      await closed;
    },
  };
}
