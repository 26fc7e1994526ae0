import type { PushNotice, PushPiece } from '#contract/cameras/index.ts';
import type { WindowId } from '#contract/values/index.ts';
import { createAckLine } from './ackLine.ts';
import { createPushBuffer, type PushBuffer } from './pushBuffer.ts';
import type { PushMedia, PushNews, PushOrder } from './pushMessages.ts';
import { openPushSocket, type PushSocket } from './pushSocket.ts';

/** Takes the window's orders; runs in a worker, or in the window where media sources cannot live in workers. */
export type PushSession = { obey(order: PushOrder): void };

type OpenOrder = Extract<PushOrder, { type: 'open' }>;
type Stream = {
  readonly url: string;
  buffer: PushBuffer | null;
  readonly early: PushPiece[];
  mimeType: string | null;
};
type Gateway = { readonly socket: PushSocket; readonly channels: Set<number> };

/** Makes a session. `toMedia` turns a media source into what may be told to the window. */
export function createPushSession({
  tell,
  toMedia,
}: {
  tell: (news: PushNews) => void;
  toMedia: (source: MediaSource) => PushMedia;
}): PushSession {
  const streams = new Map<number, Stream>();
  const gateways = new Map<string, Gateway>();

  const forget = (channel: number): void => {
    const stream = streams.get(channel);
    if (stream === undefined) return;
    streams.delete(channel);
    const gateway = gateways.get(stream.url);
    gateway?.channels.delete(channel);
    if (gateway?.channels.size === 0) {
      gateways.delete(stream.url);
      gateway.socket.close();
    }
  };
  const end = (channel: number, code: string): void => {
    if (!streams.has(channel)) return;
    forget(channel);
    tell({ type: 'ended', channel, code });
  };
  const gatewayAt = ({ url, windowId }: OpenOrder): Gateway => {
    const known = gateways.get(url);
    if (known !== undefined) return known;
    const channels = new Set<number>();
    const socket = openPushSocket({
      url,
      hello: { type: 'hello', windowId: windowId as WindowId },
      onNotice: (notice) => onNotice(notice),
      onPiece: (piece) => onPiece(piece),
      onClosed: () => {
        if (gateways.get(url)?.socket === socket) gateways.delete(url);
        for (const channel of [...channels]) end(channel, 'push.socketClosed');
      },
    });
    const gateway = { socket, channels };
    gateways.set(url, gateway);
    return gateway;
  };
  const onPiece = (piece: PushPiece): void => {
    const stream = streams.get(piece.channel);
    if (stream === undefined) return;
    if (stream.buffer === null) stream.early.push(piece);
    else stream.buffer.take(piece);
  };
  const onNotice = (notice: PushNotice): void => {
    const { channel } = notice;
    const stream = streams.get(channel);
    if (stream === undefined) return;
    switch (notice.type) {
      case 'opened':
        if (stream.mimeType === null) return begin({ channel, stream, mimeType: notice.mimeType });
        if (stream.mimeType !== notice.mimeType) stream.buffer?.changeType(notice.mimeType);
        stream.mimeType = notice.mimeType;
        return;
      case 'refused':
        forget(channel);
        return tell({ type: 'refused', channel, code: notice.code });
      case 'source':
        return tell({ type: 'source', channel, source: notice.source });
      case 'clock':
        return tell({ type: 'clock', channel, offsetMs: notice.offsetMs });
      case 'closed':
        return end(channel, notice.code);
    }
  };
  /**
   * The element gets its source when there is something to fill it with, and not while the gateway is asked: Chromium puts the longest
   * waiting ones of more than a few elements without metadata to sleep, and those never wake up (5 of 16 tiles then came after 11 s).
   */
  const begin = ({ channel, stream, mimeType }: { channel: number; stream: Stream; mimeType: string }): void => {
    if (!MediaSource.isTypeSupported(mimeType)) return end(channel, 'push.undecodable');
    stream.mimeType = mimeType;
    const source = new MediaSource();
    source.addEventListener('sourceopen', () => fill({ channel, stream, source }), { once: true });
    tell({ type: 'opened', channel });
    tell({ type: 'media', channel, media: toMedia(source) });
  };
  const fill = ({ channel, stream, source }: { channel: number; stream: Stream; source: MediaSource }): void => {
    // Released in the meantime: the element is opened, nobody will fill it.
    if (streams.get(channel) !== stream || stream.mimeType === null) return;
    source.duration = Number.POSITIVE_INFINITY;
    const acks = createAckLine((acked) => gateways.get(stream.url)?.socket.send({ type: 'ack', channel, ...acked }));
    stream.buffer = createPushBuffer({
      sourceBuffer: source.addSourceBuffer(stream.mimeType),
      onAppended: ({ point, mediaTime, bytes }) => {
        acks.appended({ mediaTime, bytes });
        tell({ type: 'points', channel, points: [point] });
      },
      onFailed: (code) => {
        gateways.get(stream.url)?.socket.send({ type: 'close', channel });
        end(channel, code);
      },
    });
    for (const piece of stream.early.splice(0)) stream.buffer.take(piece);
  };
  return {
    obey: (order) => {
      switch (order.type) {
        case 'open': {
          const gateway = gatewayAt(order);
          gateway.channels.add(order.channel);
          streams.set(order.channel, { url: order.url, buffer: null, early: [], mimeType: null });
          return gateway.socket.send({ type: 'open', channel: order.channel, token: order.token, priority: order.priority });
        }
        case 'close': {
          const stream = streams.get(order.channel);
          if (stream !== undefined) gateways.get(stream.url)?.socket.send({ type: 'close', channel: order.channel });
          return forget(order.channel);
        }
      }
    },
  };
}
