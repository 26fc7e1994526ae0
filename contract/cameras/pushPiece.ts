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
