import type { CameraId, Timers } from '#contract/values/index.ts';
import { type ThumbnailReport, thumbnailLimits } from '#contract/wall/index.ts';
import { createPixelBuffers, type PixelBuffers } from './pixelBuffers.ts';

/** Draws what a tile shows now, small; null while it proves nothing. */
export type TakeThumbnail = (
  buffers: PixelBuffers,
) => Promise<{ readonly cameraId: CameraId | null; readonly pictureAtMs: number; readonly jpeg: Uint8Array } | null>;

/** Has the tiles of one Display drawn small in turn and tells main. */
export type ThumbnailReporter = {
  /** A tile has pictures to give. Returns the function that takes it back. */
  offer(cell: number, take: TakeThumbnail): () => void;
  stop(): void;
};

/** Starts: each tile once in `thumbnailLimits.everyMs`, evenly spread, so that no frame of the wall waits for all of them. */
export function startThumbnailReporter({ send, timers }: { send: (report: ThumbnailReport) => void; timers: Timers }): ThumbnailReporter {
  const offered = new Map<number, TakeThumbnail>();
  const buffers = createPixelBuffers();
  let lastCell = -1;
  let retried: number | null = null;
  let cancel = () => {};
  const next = () => {
    cancel = timers.afterMs(thumbnailLimits.everyMs / Math.max(1, offered.size), () => void turn());
  };
  const turn = async (): Promise<void> => {
    const cells = [...offered.keys()].toSorted((a, b) => a - b);
    const cell = cells.find((each) => each > lastCell) ?? cells[0];
    next();
    if (cell === undefined) return;
    lastCell = cell;
    const taken = await offered.get(cell)?.(buffers);
    const isTaken = taken != null && taken.jpeg.length <= thumbnailLimits.bytes;
    // One stumble is no reason to wait for a whole round: it is tried once more.
    if (!isTaken && retried !== cell) lastCell = cell - 1;
    retried = isTaken ? null : cell;
    if (!isTaken) return;
    send({ cell, cameraId: taken.cameraId, pictureAtMs: Math.round(taken.pictureAtMs), jpeg: base64Of(taken.jpeg) });
  };
  next();
  return {
    offer: (cell, take) => {
      offered.set(cell, take);
      return () => {
        if (offered.get(cell) === take) offered.delete(cell);
      };
    },
    stop: () => cancel(),
  };
}

function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
