import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Timers } from '#contract/values/index.ts';
import { createDeadline } from '../../deadline.ts';
import { readAmf, writeAmf } from './amf0.ts';
import { createChunkReader, messageLimits, type RtmpMessage, writeChunk } from './chunks.ts';

/** What the intake decides about somebody who wants to send. */
export type PublishVerdict = 'welcome' | 'wrongKey' | 'taken';

export type RtmpSessionOptions = {
  readonly socket: Socket;
  readonly timers: Timers;
  /** Asked once, with the stream key. */
  readonly onPublish: (key: string) => PublishVerdict;
  /** A video message as it came (an FLV tag's body). */
  readonly onVideo: (video: { timestampMs: number; body: Buffer }) => void;
  readonly onEnd: () => void;
};

const handshakeBytes = 1536;
const types = { acknowledgement: 3, windowSize: 5, peerBandwidth: 6, video: 9, command3: 17, command: 20 } as const;
const windowBytes = 2_500_000;
const publishWithinMs = 10_000;
const silentMs = 15_000;

// What a drone's screen or an encoder's log says.
const words = {
  wrongKey: 'The stream key is wrong.',
  taken: 'Somebody else is sending with this stream key.',
} as const;

/** Speaks with one publisher, from its first byte: handshake, commands, then pictures. Nothing is ever played to it. */
export function serveRtmp({ socket, timers, onPublish, onVideo, onEnd }: RtmpSessionOptions): { close(): void } {
  const reader = createChunkReader({ maxMessageBytes: () => (isPublishing ? messageLimits.known : messageLimits.stranger) });
  const patience = createDeadline(timers);
  let greeting: Buffer = Buffer.alloc(0);
  let isGreeted = false;
  let isPublishing = false;
  let isOver = false;
  let received = 0;
  let acknowledged = 0;

  const end = () => {
    if (isOver) return;
    isOver = true;
    patience.clear();
    socket.end();
    socket.destroySoon();
    onEnd();
  };
  const send = (type: number, payload: Buffer, streamId = 0) => socket.write(writeChunk({ channel: 3, type, streamId, payload }));
  const number32 = (value: number, more: readonly number[] = []) => {
    const bytes = Buffer.alloc(4 + more.length);
    bytes.writeUInt32BE(value >>> 0);
    more.forEach((each, at) => bytes.writeUInt8(each, 4 + at));
    return bytes;
  };
  const status = (level: 'status' | 'error', code: string, description: string) =>
    send(types.command, writeAmf(['onStatus', 0, null, { level, code, description }]), 1);

  const publish = (name: string) => {
    if (isPublishing) return end();
    const verdict = onPublish(name.split('?')[0] ?? '');
    if (verdict !== 'welcome') {
      status('error', 'NetStream.Publish.BadName', words[verdict]);
      return end();
    }
    isPublishing = true;
    status('status', 'NetStream.Publish.Start', 'welcome');
  };

  const command = ([name, transaction, , argument]: ReturnType<typeof readAmf> & object) => {
    const number = typeof transaction === 'number' ? transaction : 0;
    switch (typeof name === 'string' ? name : '') {
      case 'connect':
        send(types.windowSize, number32(windowBytes));
        send(types.peerBandwidth, number32(windowBytes, [2]));
        return void send(
          types.command,
          writeAmf([
            '_result',
            number,
            { fmsVer: 'FMS/3,0,1,123', capabilities: 31 },
            { level: 'status', code: 'NetConnection.Connect.Success' },
          ]),
        );
      case 'createStream':
        return void send(types.command, writeAmf(['_result', number, null, 1]));
      case 'publish':
        return publish(typeof argument === 'string' ? argument : '');
      case 'play':
      case 'deleteStream':
      case 'FCUnpublish':
      case 'closeStream':
        return end();
      default:
        return undefined;
    }
  };

  const take = ({ type, timestampMs, payload }: RtmpMessage) => {
    if (type === types.video && isPublishing) return onVideo({ timestampMs, body: payload });
    if (type !== types.command && type !== types.command3) return undefined;
    // Commands of version 3 are those of version 0 behind one byte.
    const values = readAmf(type === types.command3 ? payload.subarray(1) : payload);
    return values === null ? end() : command([...values]);
  };

  const greet = (bytes: Buffer): Buffer | null => {
    greeting = Buffer.concat([greeting, bytes]);
    if (greeting.length > 0 && greeting[0] !== 3) {
      end();
      return null;
    }
    const hello = 1 + handshakeBytes;
    const answered = greeting.length - bytes.length >= hello;
    if (!answered && greeting.length >= hello) {
      const own = Buffer.concat([Buffer.alloc(8), randomBytes(handshakeBytes - 8)]);
      socket.write(Buffer.concat([Buffer.from([3]), own, greeting.subarray(1, hello)]));
    }
    if (greeting.length < hello + handshakeBytes) return null;
    isGreeted = true;
    return greeting.subarray(hello + handshakeBytes);
  };

  patience.set(publishWithinMs, end);
  socket.on('data', (bytes: Buffer) => {
    if (isOver) return;
    received += bytes.length;
    if (isPublishing) patience.set(silentMs, end);
    const rest = isGreeted ? bytes : greet(bytes);
    if (rest === null) return;
    for (const event of reader.push(rest)) {
      if (event.kind === 'garbage') end();
      if (isOver || event.kind === 'garbage') return;
      take(event.message);
    }
    if (received - acknowledged < windowBytes / 2) return;
    acknowledged = received;
    send(types.acknowledgement, number32(received));
  });
  socket.on('error', end).on('end', end).on('close', end);
  return { close: end };
}
