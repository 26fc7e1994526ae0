import type { Camera } from '#contract/cameras/index.ts';
import { groundDistanceM } from '#contract/map/index.ts';
import type { CameraId, LngLat } from '#contract/values/index.ts';
import { connectedCamerasIn, type DirectoryCopy, isConnected, regionNode } from '../directory/index.ts';
import type { MapThing } from '../map/index.ts';

// As many as one looks at together.
const together = 4;

/** The pictures that a thing brings to the wall: a region those of its own, whatever else the four connected cameras nearest to it. */
export function camerasFor(
  thing: MapThing,
  { directory, placeOf }: { directory: Pick<DirectoryCopy, 'cameras' | 'tree'> | null; placeOf: (thing: MapThing) => LngLat | null },
): readonly CameraId[] {
  if (directory === null) return [];
  if (thing.kind === 'camera') return [thing.cameraId];
  if (thing.kind === 'region') {
    const node = regionNode(directory.tree, thing.regionId);
    return node === null ? [] : connectedCamerasIn(node).map(({ id }) => id);
  }
  const place = placeOf(thing);
  return place === null ? [] : nearest(place, directory.cameras.values());
}

function nearest(place: LngLat, cameras: Iterable<Camera>): CameraId[] {
  const far: { readonly id: CameraId; readonly metres: number }[] = [];
  for (const camera of cameras) {
    if (isConnected(camera) && camera.location !== null) far.push({ id: camera.id, metres: groundDistanceM(place, camera.location) });
  }
  return far
    .toSorted((a, b) => a.metres - b.metres)
    .slice(0, together)
    .map(({ id }) => id);
}
