import { z } from 'zod';
import { CameraId, EpochMs, WindowId } from '#contract/values/index.ts';
import { StreamQuality } from './camera.ts';

/**
 * The push socket: one WebSocket per window to the gateway (`/media/push`), all cameras of the window on it. Text messages are JSON
 * of the two unions below, binary messages from the gateway are picture pieces (`decodePiece`).
 */

/** Number of a subscription on one socket, chosen by the window, never used again on that socket. */
const Channel = z.int().min(1).max(0xffff_ffff);

/**
 * How much a picture is needed when a line or a decoder is short. `alarm`: something happened there; `focused`: somebody looks at it now.
 */
export const ViewPriority = z.enum(['alarm', 'focused', 'usual']);
export type ViewPriority = z.infer<typeof ViewPriority>;

/** What a window tells the gateway. `open` without a priority is `usual`. `ack` grants credit: the fragment that starts at `mediaTime` (seconds) and all before it on that channel were appended. */
export const PushRequest = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), windowId: WindowId }),
  z.strictObject({
    type: z.literal('open'),
    channel: Channel,
    token: z.string().min(32).max(256),
    priority: ViewPriority.optional(),
  }),
  z.strictObject({ type: z.literal('ack'), channel: Channel, mediaTime: z.number().min(0), bytes: z.int().min(0) }),
  z.strictObject({ type: z.literal('close'), channel: Channel }),
]);
export type PushRequest = z.infer<typeof PushRequest>;

/** What the gateway says beside the pictures. `source` repeats whenever the source's condition changes. */
export const PushNotice = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('opened'),
    channel: Channel,
    cameraId: CameraId,
    quality: StreamQuality,
    mimeType: z.string().max(120),
  }),
  z.strictObject({ type: z.literal('refused'), channel: Channel, code: z.string().max(64) }),
  z.strictObject({
    type: z.literal('source'),
    channel: Channel,
    source: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('flowing') }),
      z.strictObject({ kind: z.literal('lost'), sinceMs: EpochMs }),
      z.strictObject({ kind: z.literal('unmoving'), sinceMs: EpochMs }),
    ]),
  }),
  /** What is to be added to the camera's own time (`sourceAtMs` of the pieces) to get the platform's; told when it is known and whenever it changes. */
  z.strictObject({ type: z.literal('clock'), channel: Channel, offsetMs: z.number() }),
  z.strictObject({ type: z.literal('closed'), channel: Channel, code: z.string().max(64) }),
]);
export type PushNotice = z.infer<typeof PushNotice>;

/** Credit and sizes of media.md, "Push uses credit". */
export const pushCredit = {
  maxUnackedMs: 1_500,
  maxUnackedBytesPerCamera: 512 * 1024,
  maxUnackedBytesPerSocket: 4 * 1024 * 1024,
  maxPieceBytes: 64 * 1024,
} as const;

/** First u32 of every picture piece: "CWP1", little endian. */
export const pieceMagic = 0x3150_5743;

/** Bytes before the payload of a piece. */
export const pieceHeaderBytes = 48;

/**
 * One piece of an initialisation segment or of a fragment (moof + mdat). A fragment of more than 64 KiB comes in several pieces, all
 * with the same numbers, `isLast` only on the last one.
 *
 * Layout, little endian: u32 magic, u32 channel, u32 fragment number, u8 flags (1 init, 2 starts with a key frame, 4 discontinuity
 * before it, 8 last piece), 3 bytes zero, f64 mediaTime (seconds), f64 duration (seconds), f64 arrivedAtMs (platform time at which the
 * gateway had the whole fragment), f64 sourceAtMs (camera's own clock, NaN when unproven), payload.
 */
export type PushPiece = {
  readonly channel: number;
  readonly fragment: number;
  readonly isInit: boolean;
  readonly isKey: boolean;
  readonly isAfterHole: boolean;
  readonly isLast: boolean;
  readonly mediaTime: number;
  readonly durationS: number;
  readonly arrivedAtMs: number;
  readonly sourceAtMs: number | null;
  readonly payload: Uint8Array;
};

/** Writes one piece; `payload` is at most `pushCredit.maxPieceBytes`. */
export function encodePiece(piece: PushPiece): Uint8Array {
  const bytes = new Uint8Array(pieceHeaderBytes + piece.payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, pieceMagic, true);
  view.setUint32(4, piece.channel, true);
  view.setUint32(8, piece.fragment, true);
  view.setUint8(12, (piece.isInit ? 1 : 0) | (piece.isKey ? 2 : 0) | (piece.isAfterHole ? 4 : 0) | (piece.isLast ? 8 : 0));
  view.setFloat64(16, piece.mediaTime, true);
  view.setFloat64(24, piece.durationS, true);
  view.setFloat64(32, piece.arrivedAtMs, true);
  view.setFloat64(40, piece.sourceAtMs ?? Number.NaN, true);
  bytes.set(piece.payload, pieceHeaderBytes);
  return bytes;
}

/** Reads one piece; null when the bytes are no piece (wrong magic, too short). The payload is a view, not a copy. */
export function decodePiece(bytes: Uint8Array): PushPiece | null {
  if (bytes.length < pieceHeaderBytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== pieceMagic) return null;
  const flags = view.getUint8(12);
  const sourceAtMs = view.getFloat64(40, true);
  return {
    channel: view.getUint32(4, true),
    fragment: view.getUint32(8, true),
    isInit: (flags & 1) !== 0,
    isKey: (flags & 2) !== 0,
    isAfterHole: (flags & 4) !== 0,
    isLast: (flags & 8) !== 0,
    mediaTime: view.getFloat64(16, true),
    durationS: view.getFloat64(24, true),
    arrivedAtMs: view.getFloat64(32, true),
    sourceAtMs: Number.isNaN(sourceAtMs) ? null : sourceAtMs,
    payload: bytes.subarray(pieceHeaderBytes),
  };
}
