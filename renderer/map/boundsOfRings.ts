import type { RegionPolygon } from '#contract/directory/index.ts';
import type { Bounds } from './engine/index.ts';

/** West, south, east, north of outlines together; null when there is no point. */
export function boundsOfRings(polygons: Iterable<Pick<RegionPolygon, 'rings'>>): Bounds | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { rings } of polygons) {
    for (const ring of rings) {
      for (const [lng, lat] of ring) {
        west = Math.min(west, lng);
        south = Math.min(south, lat);
        east = Math.max(east, lng);
        north = Math.max(north, lat);
      }
    }
  }
  return west <= east && south <= north ? [west, south, east, north] : null;
}
