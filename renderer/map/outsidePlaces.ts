import { insideOf } from '#contract/map/index.ts';
import type { PositionColumns } from '#contract/responders/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import type { AreaOutline } from './engine/index.ts';

/**
 * How many responders are told to be outside all of these regions: drawn where they say they are, and counted, because a phone that believes
 * itself in another county is of no use. 0 where the regions have no outline.
 */
export function countOutside({
  columns: { measuredAtMs, lngLat },
  roots,
  polygons,
}: {
  columns: Pick<PositionColumns, 'measuredAtMs' | 'lngLat'>;
  roots: readonly RegionId[];
  polygons: readonly AreaOutline[];
}): number {
  const ringsOf = (regionId: RegionId) => (polygons.find((polygon) => polygon.regionId === regionId)?.rings ?? null) as never;
  const outlined = roots.filter((regionId) => ringsOf(regionId) !== null);
  if (outlined.length === 0 || outlined.length < roots.length) return 0;
  const inside = outlined.map((regionId) => insideOf({ kind: 'region', regionId }, ringsOf));
  let count = 0;
  for (let index = 0; index < measuredAtMs.length; index += 1) {
    if ((measuredAtMs[index] ?? 0) === 0) continue;
    const place: [number, number] = [lngLat[index * 2] ?? 0, lngLat[index * 2 + 1] ?? 0];
    if (!inside.some((isIn) => isIn(place))) count += 1;
  }
  return count;
}
