/** One RTMP message, put together from its chunks. */
export type RtmpMessage = { readonly type: number; readonly timestampMs: number; readonly payload: Buffer };

/** What is not RTMP, or more of it than a camera sends. */
export type ChunkEvent = { readonly kind: 'message'; readonly message: RtmpMessage } | { readonly kind: 'garbage' };

/** The greatest message of somebody who is known, and of somebody who is not yet: commands are short. */
export const messageLimits = { known: 4 * 1024 * 1024, stranger: 16 * 1024 } as const;
const maxStreams = 16;
const setChunkSize = 1;

type Stream = {
  timestampMs: number;
  deltaMs: number;
  length: number;
  type: number;
  isExtended: boolean;
  parts: Buffer[];
  received: number;
};

/** Puts messages together (RTMP 1.0, 5.3). Chunk sizes that the sender sets are followed here; `maxMessageBytes` is asked at each chunk. */
export function createChunkReader({ maxMessageBytes }: { maxMessageBytes: () => number }) {
  const streams = new Map<number, Stream>();
  let chunkBytes = 128;
  let pending: Buffer = Buffer.alloc(0);
  let isGarbage = false;

  /** One whole chunk from `pending` at `from`; the place after it, 'more' or 'garbage'. */
  const readChunk = (from: number): number | 'more' | 'garbage' => {
    const head = readHead(pending, from, streams);
    if (head === 'more' || head === 'garbage') return head;
    const { stream, id, at, isStart } = head;
    if (stream.length > maxMessageBytes()) return 'garbage';
    const rest = stream.length - (isStart ? 0 : stream.received);
    const size = Math.min(chunkBytes, rest);
    if (pending.length < at + size) return 'more';
    if (isStart) Object.assign(stream, { parts: [], received: 0 });
    streams.set(id, stream);
    stream.parts.push(pending.subarray(at, at + size));
    stream.received += size;
    return at + size;
  };

  return {
    push(bytes: Buffer): readonly ChunkEvent[] {
      if (isGarbage) return [];
      pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
      const events: ChunkEvent[] = [];
      let at = 0;
      while (at < pending.length) {
        const end = readChunk(at);
        if (end === 'more') break;
        if (end === 'garbage') {
          isGarbage = true;
          return [...events, { kind: 'garbage' }];
        }
        at = end;
        const whole = [...streams.values()].find((stream) => stream.parts.length > 0 && stream.received === stream.length);
        if (whole === undefined) continue;
        const message = { type: whole.type, timestampMs: whole.timestampMs, payload: Buffer.concat(whole.parts) };
        Object.assign(whole, { parts: [], received: 0 });
        if (message.type !== setChunkSize) events.push({ kind: 'message', message });
        else if (message.payload.length >= 4)
          chunkBytes = Math.max(1, Math.min(messageLimits.known, message.payload.readUInt32BE(0) & 0x7fffffff));
      }
      pending = pending.subarray(at);
      return events;
    },
  };
}

type Head = { readonly stream: Stream; readonly id: number; readonly at: number; readonly isStart: boolean };

const headBytes = [11, 7, 3, 0] as const;

function readHead(bytes: Buffer, from: number, streams: ReadonlyMap<number, Stream>): Head | 'more' | 'garbage' {
  const first = bytes[from] ?? 0;
  const format = (first >> 6) as 0 | 1 | 2 | 3;
  const short = first & 0x3f;
  const at = from + (short === 0 ? 2 : short === 1 ? 3 : 1);
  if (bytes.length < at + headBytes[format]) return 'more';
  const id = short === 0 ? 64 + (bytes[from + 1] ?? 0) : short === 1 ? 64 + bytes.readUInt16LE(from + 1) : short;
  const before = streams.get(id);
  if (before === undefined && (format !== 0 || streams.size >= maxStreams)) return 'garbage';
  const read = readMessageHead({ bytes, at, format, before: before ?? noStream });
  return typeof read === 'string' ? read : { ...read, id };
}

const noStream: Stream = { timestampMs: 0, deltaMs: 0, length: 0, type: 0, isExtended: false, parts: [], received: 0 };

function readMessageHead({
  bytes,
  at,
  format,
  before,
}: {
  bytes: Buffer;
  at: number;
  format: 0 | 1 | 2 | 3;
  before: Stream;
}): Omit<Head, 'id'> | 'more' | 'garbage' {
  const stream: Stream = { ...before };
  const isStart = stream.received === 0;
  const time = format < 3 ? bytes.readUIntBE(at, 3) : 0;
  if (format < 2) Object.assign(stream, { length: bytes.readUIntBE(at + 3, 3), type: bytes[at + 6] ?? 0 });
  if (format < 3) stream.isExtended = time === 0xffffff;
  const timeAt = at + headBytes[format];
  const end = stream.isExtended ? timeAt + 4 : timeAt;
  if (bytes.length < end) return 'more';
  const full = stream.isExtended ? bytes.readUInt32BE(timeAt) : time;
  if (format < 3 && !isStart) return 'garbage';
  if (format === 0) Object.assign(stream, { timestampMs: full, deltaMs: 0 });
  else if (format < 3) Object.assign(stream, { timestampMs: (stream.timestampMs + full) >>> 0, deltaMs: full });
  else if (isStart) stream.timestampMs = (stream.timestampMs + stream.deltaMs) >>> 0;
  return { stream, at: end, isStart };
}

/** A message in one chunk after a full head; ours are all short. */
export function writeChunk({
  channel,
  type,
  streamId,
  payload,
}: {
  channel: number;
  type: number;
  streamId: number;
  payload: Buffer;
}): Buffer {
  const head = Buffer.alloc(12);
  head[0] = channel;
  head.writeUIntBE(payload.length, 4, 3);
  head[7] = type;
  head.writeUInt32LE(streamId, 8);
  const parts: Buffer[] = [head];
  for (let at = 0; at < payload.length; at += 128) {
    if (at > 0) parts.push(Buffer.from([0xc0 | channel]));
    parts.push(payload.subarray(at, at + 128));
  }
  return Buffer.concat(parts);
}
