import { z } from 'zod';
import { CameraId, EpochMs } from '#contract/values/index.ts';
import { Cell, DisplayKey } from './scene.ts';

/** What a tile proves, in one word; the words of contract/cameras TileState, and `none` for content without a picture of its own. */
export const GlassKind = z.enum(['connecting', 'live', 'unmoving', 'stale', 'offline', 'refused', 'none']);
export type GlassKind = z.infer<typeof GlassKind>;

/**
 * Whether what a tile showed last may still be looked at, small and with its age: not of one that was refused, nor of one that has begun anew
 * because it may be seen in another way now (a lift of its masks is over).
 */
export function isLastPictureSeen(state: GlassKind): boolean {
  return state !== 'refused' && state !== 'connecting';
}

/** What is really *on glass* in one cell, as the window that draws it has proven. Times are platform epoch ms. */
export const GlassCell = z.strictObject({
  cell: Cell,
  cameraId: CameraId.nullable(),
  state: GlassKind,
  sinceMs: EpochMs,
  lastPictureAtMs: EpochMs.nullable(),
});
export type GlassCell = z.infer<typeof GlassCell>;

/** One Display's glass, reported by its window at every change and at least every 2 s; an older report is itself stale. */
export const GlassReport = z.strictObject({ displayKey: DisplayKey, atMs: EpochMs, cells: z.array(GlassCell).max(36) });
export type GlassReport = z.infer<typeof GlassReport>;
