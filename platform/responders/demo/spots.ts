import { eastShrink, metresPerDegree } from '#contract/map/index.ts';
import type { LngLat, RegionId } from '#contract/values/index.ts';
import { regionAbove } from '#platform/demo/regionAbove.ts';
import type { Directory } from '../../directory/index.ts';

/** A place that people of a village pass: WGS-84. */
export type Spot = LngLat;

/**
 * Where the ways of each village lead along: the middles of its grids, its own, and its cameras, which the invented county puts along roads,
 * at bridges and squares.
 */
export function spotsOfVillages(directory: Pick<Directory, 'rows' | 'regionPath' | 'region'>): ReadonlyMap<RegionId, readonly Spot[]> {
  const spots = new Map<RegionId, Spot[]>();
  const add = (regionId: RegionId, spot: Spot) => {
    const village = regionAbove(directory, { regionId, level: 'village' });
    if (village === null) return;
    const known = spots.get(village) ?? [];
    known.push(spot);
    spots.set(village, known);
  };
  for (const { id, center } of directory.rows('regions')) add(id, center);
  for (const { regionId, location } of directory.rows('cameras')) if (location !== null) add(regionId, location);
  return spots;
}

/** Metres between two spots that are near each other. */
export function metresBetween(a: Spot, b: Spot): number {
  const east = (b[0] - a[0]) * eastShrink(a[1]);
  return Math.hypot(east, b[1] - a[1]) * metresPerDegree;
}
