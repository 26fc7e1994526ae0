import type { RegionPolygon } from '#contract/directory/index.ts';
import type { LngLat, RegionId } from '#contract/values/index.ts';
import { type CoordinateSystem, coordinateSystems, toWgs84 } from './coordinates.ts';
import type { CameraRow } from './cameraRow.ts';

/** Share of points that lie in their declared region under each hypothesis, percent. */
export type Belief = {
  readonly claimed: CoordinateSystem;
  readonly best: CoordinateSystem;
  readonly claimedPercent: number;
  readonly bestPercent: number;
  readonly points: number;
};

/** Fewer points prove nothing. */
const leastPoints = 5;

/**
 * Vendors call GCJ-02 "WGS-84" (field.md, "Coordinates"): the points are tried under three hypotheses against the outlines of the
 * regions they are said to be in. Null when too few can be tried, or the claim fits as well as anything.
 */
export function believe(rows: readonly CameraRow[], polygons: readonly RegionPolygon[]): Belief | null {
  const outlines = new Map(polygons.map((polygon) => [polygon.regionId, polygon]));
  const tried = rows.flatMap(({ point, camera }) => {
    const outline = outlines.get(camera.regionId as RegionId);
    return point === null || outline === undefined ? [] : [{ ...point, outline }];
  });
  const claimed = tried[0]?.claimed;
  if (tried.length < leastPoints || claimed === undefined || tried.some((point) => point.claimed !== claimed)) return null;
  const percents = coordinateSystems.map((system) => {
    const inside = tried.filter(({ pair, outline }) => isInside(toWgs84(pair, system), outline)).length;
    return { system, percent: Math.round((100 * inside) / tried.length) };
  });
  const best = percents.toSorted((a, b) => b.percent - a.percent)[0];
  const own = percents.find(({ system }) => system === claimed);
  // A few cameras stand on a border; a system that is simply wrong loses most of them.
  if (best === undefined || own === undefined || best.percent < own.percent + 20) return null;
  return { claimed, best: best.system, claimedPercent: own.percent, bestPercent: best.percent, points: tried.length };
}

/** Even-odd rule over all rings: holes and several parts come out right. */
function isInside([x, y]: LngLat, { rings }: RegionPolygon): boolean {
  let isIn = false;
  for (const ring of rings) {
    for (let index = 0, previous = ring.length - 1; index < ring.length; previous = index, index += 1) {
      const [ax = 0, ay = 0] = ring[index] ?? [];
      const [bx = 0, by = 0] = ring[previous] ?? [];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isIn = !isIn;
    }
  }
  return isIn;
}
