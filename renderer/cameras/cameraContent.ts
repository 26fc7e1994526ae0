import { z } from 'zod';
import { CameraPlayer, Purpose } from '#contract/cameras/index.ts';
import { CameraId } from '#contract/values/index.ts';
import type { Tile } from '#contract/wall/index.ts';
import { noZoom, type Zoom, zoomLimits } from './zoom.ts';

/**
 * Content of a `camera` tile. `player` is the way that is tried first, where the camera can be played that way. `purpose` and `reference` say
 * why it was put there; a tile without them is part of the standing scene: patrol. `zoom`, `zoomX`, `zoomY`: the part of the picture that is
 * shown; a tile without them shows all of it.
 */
export const CameraContent = z.object({
  cameraId: CameraId,
  player: CameraPlayer.default('push'),
  purpose: Purpose.shape.kind.default('patrol'),
  reference: Purpose.shape.reference.default(null),
  zoom: z.number().min(1).max(zoomLimits.most).default(1),
  zoomX: z.number().min(0).max(1).default(0.5),
  zoomY: z.number().min(0).max(1).default(0.5),
});
export type CameraContent = z.infer<typeof CameraContent>;

/** Nothing in particular: looking around. */
export const patrol: Purpose = { kind: 'patrol', reference: null };

/** The tile that shows a camera, and why. */
export function cameraTileFor(cameraId: CameraId, { kind, reference }: Purpose = patrol): Tile {
  const why = { ...(kind === 'patrol' ? {} : { purpose: kind }), ...(reference === null ? {} : { reference }) };
  return { kind: 'camera', content: { cameraId, ...why } };
}

/** The camera a tile shows; null when it shows something else. */
export function cameraOf(tile: Tile | null): CameraId | null {
  return contentOf(tile)?.cameraId ?? null;
}

/** Why a camera tile is there; null when it shows something else. */
export function purposeOf(tile: Tile | null): Purpose | null {
  const content = contentOf(tile);
  return content === null ? null : { kind: content.purpose, reference: content.reference };
}

/** Which part of the picture a camera tile shows; null when it shows something else. */
export function zoomOf(tile: Tile | null): Zoom | null {
  const content = contentOf(tile);
  return content === null ? null : { scale: content.zoom, x: content.zoomX, y: content.zoomY };
}

/** The same tile with another part of its picture. */
export function withZoom(tile: Tile, { scale, x, y }: Zoom): Tile {
  const { zoom: _, zoomX: __, zoomY: ___, ...content } = tile.content;
  return { ...tile, content: scale === noZoom.scale ? content : { ...content, zoom: scale, zoomX: x, zoomY: y } };
}

/** What makes it another look: another part of the same picture is none. */
export function lookOf(tile: Tile): string {
  const content = contentOf(tile);
  return content === null ? JSON.stringify(tile) : JSON.stringify([content.cameraId, content.player, content.purpose, content.reference]);
}

function contentOf(tile: Tile | null): CameraContent | null {
  return tile === null || tile.kind !== 'camera' ? null : (CameraContent.safeParse(tile.content).data ?? null);
}
