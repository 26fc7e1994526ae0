import { z } from 'zod';
import { CameraId } from '#contract/values/index.ts';
import type { Tile } from '#contract/wall/index.ts';

/** Content of a `camera` tile. `player` is how its pictures come: `push` unless the camera is served by something that only speaks HLS. */
export const CameraContent = z.object({ cameraId: CameraId, player: z.enum(['push', 'hls']).default('push') });
export type CameraContent = z.infer<typeof CameraContent>;

/** The tile that shows a camera. */
export function cameraTileFor(cameraId: CameraId): Tile {
  return { kind: 'camera', content: { cameraId } };
}

/** The camera a tile shows; null when it shows something else. */
export function cameraOf(tile: Tile | null): CameraId | null {
  return tile === null || tile.kind !== 'camera' ? null : (CameraContent.safeParse(tile.content).data?.cameraId ?? null);
}
