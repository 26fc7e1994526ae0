import { z } from 'zod';
import { CameraPlayer } from '#contract/cameras/index.ts';
import { CameraId } from '#contract/values/index.ts';
import type { Tile } from '#contract/wall/index.ts';

/** Content of a `camera` tile. `player` is the way that is tried first, where the camera can be played that way. */
export const CameraContent = z.object({ cameraId: CameraId, player: CameraPlayer.default('push') });
export type CameraContent = z.infer<typeof CameraContent>;

/** The tile that shows a camera. */
export function cameraTileFor(cameraId: CameraId): Tile {
  return { kind: 'camera', content: { cameraId } };
}

/** The camera a tile shows; null when it shows something else. */
export function cameraOf(tile: Tile | null): CameraId | null {
  return tile === null || tile.kind !== 'camera' ? null : (CameraContent.safeParse(tile.content).data?.cameraId ?? null);
}
