import { z } from 'zod';
import { CameraId, EpochMs } from '#contract/values/index.ts';
import { Cell, DisplayKey } from './scene.ts';

/** How often a wall window sends the small picture of one tile, how wide it is and how large at most; older than `staleAfterMs` it says how old. */
export const thumbnailLimits = { everyMs: 5_000, leastMs: 4_000, widthPx: 240, bytes: 32 * 1024, staleAfterMs: 10_000 } as const;

/** `reportThumbnail`: what one tile of this window's Display shows now, as a small JPEG in Base64. Main keeps the newest of each tile, in memory. */
export const ThumbnailReport = z.strictObject({
  cell: Cell,
  /** Null: a picture of no camera, such as a map's. */
  cameraId: CameraId.nullable(),
  pictureAtMs: EpochMs,
  jpeg: z.base64().max(Math.ceil(thumbnailLimits.bytes / 3) * 4),
});
export type ThumbnailReport = z.infer<typeof ThumbnailReport>;

/** A tile's newest small picture. `pictureAtMs`: platform time of what is seen in it. */
export type Thumbnail = {
  readonly displayKey: DisplayKey;
  readonly cell: number;
  readonly cameraId: CameraId | null;
  readonly pictureAtMs: number;
  readonly jpeg: Uint8Array;
};

/** "CWT1": what a thumbnail's frame begins with. */
const magic = 0x3154_5743;
const headBytes = 16;

/**
 * Writes the frame in which main hands a thumbnail to a console. Little endian: u32 magic, f64 pictureAtMs, u8 cell, u8 length of the
 * displayKey, u8 length of the cameraId (0 = of no camera), u8 0; then both in ASCII; then the JPEG.
 */
export function encodeThumbnail({ displayKey, cell, cameraId, pictureAtMs, jpeg }: Thumbnail): Uint8Array<ArrayBuffer> {
  const camera = cameraId ?? '';
  const frame = new Uint8Array(headBytes + displayKey.length + camera.length + jpeg.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, magic, true);
  view.setFloat64(4, pictureAtMs, true);
  frame.set([cell, displayKey.length, camera.length, 0], 12);
  frame.set(
    [...displayKey, ...camera].map((letter) => letter.charCodeAt(0)),
    headBytes,
  );
  frame.set(jpeg, headBytes + displayKey.length + camera.length);
  return frame;
}

const Head = z.object({ displayKey: DisplayKey, cell: Cell, cameraId: CameraId.nullable(), pictureAtMs: EpochMs });

/** Reads such a frame; null for everything else. */
export function readThumbnail(frame: Uint8Array): Thumbnail | null {
  if (frame.length < headBytes) return null;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (view.getUint32(0, true) !== magic) return null;
  const cameraAt = headBytes + view.getUint8(13);
  const jpegAt = cameraAt + view.getUint8(14);
  const head = Head.safeParse({
    displayKey: ascii(frame.subarray(headBytes, cameraAt)),
    cell: view.getUint8(12),
    cameraId: jpegAt === cameraAt ? null : ascii(frame.subarray(cameraAt, jpegAt)),
    pictureAtMs: view.getFloat64(4, true),
  });
  const jpeg = frame.subarray(jpegAt);
  return head.success && isJpeg(jpeg) ? { ...head.data, jpeg } : null;
}

/** Whether bytes begin as a JPEG does. */
export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
