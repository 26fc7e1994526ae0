import { shownTiles, type DisplayScene } from '#contract/wall/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { cameraOf } from '../cameras/index.ts';
import type { PlacedCamera } from './dropOutcome.ts';

/** Which cells of a Display several cameras would get, and what that does to it. */
export type WallOffer = {
  readonly placed: readonly PlacedCamera[];
  readonly replaced: number;
  /** Of the wanted, how many it shows already. */
  readonly there: number;
  /** How many find no cell. */
  readonly left: number;
};

/**
 * Gives cameras the free cells of a Display first, in order; when there are too few, cells from the last one on, because the first ones are
 * looked at first. What it shows already stays where it is.
 */
export function wallOffer(scene: DisplayScene, cameraIds: readonly CameraId[]): WallOffer {
  const tiles = shownTiles(scene);
  const shown = new Set(tiles.map(cameraOf));
  const wanted = cameraIds.filter((cameraId) => !shown.has(cameraId));
  const kept = new Set(cameraIds);
  const cells = [...tiles.keys()];
  const free = cells.filter((cell) => tiles[cell] === null);
  const taken = cells.filter((cell) => tiles[cell] !== null && !isAmong(kept, cameraOf(tiles[cell] ?? null))).toReversed();
  const used = [...free, ...taken.slice(0, Math.max(0, wanted.length - free.length)).toSorted((a, b) => a - b)];
  const placed = wanted.slice(0, used.length).map((cameraId, index) => ({ cell: used[index] ?? 0, cameraId }));
  const replaced = placed.filter(({ cell }) => tiles[cell] !== null).length;
  return { placed, replaced, there: cameraIds.length - wanted.length, left: wanted.length - placed.length };
}

function isAmong(wanted: ReadonlySet<CameraId>, cameraId: CameraId | null): boolean {
  return cameraId !== null && wanted.has(cameraId);
}
