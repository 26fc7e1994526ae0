import type { Clock } from '#contract/values/index.ts';
import {
  type DisplayKey,
  encodeThumbnail,
  type GlassReport,
  isJpeg,
  isLastPictureSeen,
  type ThumbnailReport,
  thumbnailLimits,
} from '#contract/wall/index.ts';

/** The newest small picture of every tile: in memory only, as every live picture, and gone when its tile shows something else. */
export type Thumbnails = {
  /** What a wall window sent of its own Display. One that comes too soon, or is no JPEG, is dropped. */
  take(displayKey: DisplayKey, report: ThumbnailReport): void;
  /** Lets go what its Display no longer shows. */
  see(report: GlassReport): void;
  /** The Display or its window is gone. */
  forget(displayKey: DisplayKey): void;
  /** One window's share. */
  follow(window: { readonly send: (frame: Uint8Array) => void }): ThumbnailFollower;
};

/** A window that is sent small pictures from `begin` on; each `begin` sends all that there are. */
export type ThumbnailFollower = { begin(): void; close(): void };

type Kept = { readonly cameraId: string | null; readonly takenAtMs: number; readonly frame: Uint8Array };

/** Keeps them; `mayLook` says whether somebody is logged in at this desk, to nobody else they are sent. */
export function createThumbnails({ clock, mayLook }: { clock: Clock; mayLook: () => boolean }): Thumbnails {
  const kept = new Map<DisplayKey, Map<number, Kept>>();
  const following = new Set<(frame: Uint8Array) => void>();
  return {
    take: (displayKey, { cell, cameraId, pictureAtMs, jpeg }) => {
      const cells = kept.get(displayKey) ?? new Map<number, Kept>();
      const before = cells.get(cell);
      const takenAtMs = clock.nowMs();
      const isSoon =
        before?.cameraId === cameraId && takenAtMs - before.takenAtMs < thumbnailLimits.leastMs && takenAtMs >= before.takenAtMs;
      const bytes = Buffer.from(jpeg, 'base64');
      if (isSoon || !isJpeg(bytes)) return;
      const frame = encodeThumbnail({ displayKey, cell, cameraId, pictureAtMs, jpeg: bytes });
      kept.set(displayKey, cells.set(cell, { cameraId, takenAtMs, frame }));
      if (mayLook()) for (const send of following) send(frame);
    },
    see: ({ displayKey, cells }) => {
      const shown = new Map(cells.filter(({ state }) => isLastPictureSeen(state)).map(({ cell, cameraId }) => [cell, cameraId]));
      const known = kept.get(displayKey) ?? new Map<number, Kept>();
      for (const [cell, { cameraId }] of known) if (shown.get(cell) !== cameraId) known.delete(cell);
    },
    forget: (displayKey) => void kept.delete(displayKey),
    follow: ({ send }) => ({
      begin: () => {
        following.add(send);
        if (!mayLook()) return;
        for (const cells of kept.values()) for (const { frame } of cells.values()) send(frame);
      },
      close: () => void following.delete(send),
    }),
  };
}
