import { isEnclosed } from '#contract/map/index.ts';
import type { RegionPolygon } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { type CoordinateSystem, coordinateSystems, toWgs84 } from './coordinates.ts';
import type { RawPoint } from './readings.ts';

/** Something that says in which region it is, and where. */
export type Claim = { readonly regionId: RegionId; readonly point: RawPoint };

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
/** More prove no more, and each is compared with every point of its outline three times. */
const mostPoints = 400;
/** A few cameras stand on a border; a system that is simply wrong loses many more than this share. */
const clearPercent = 20;

/**
 * Vendors call GCJ-02 "WGS-84" (field.md, "Coordinates"): points that claim one system are tried under three hypotheses against the
 * outlines of the regions they are said to be in. `best` is another than `claimed` only when it fits clearly better. Null when too few
 * can be tried.
 */
export function believe(claims: readonly Claim[], outlines: ReadonlyMap<RegionId, RegionPolygon>): Belief | null {
  const outlined = claims.flatMap(({ regionId, point }) => {
    const outline = outlines.get(regionId);
    return outline === undefined ? [] : [{ ...point, outline }];
  });
  // Spread over the whole file: a list is often sorted by town.
  const step = Math.max(1, outlined.length / mostPoints);
  const tried = Array.from({ length: Math.min(outlined.length, mostPoints) }, (_, index) => outlined[Math.floor(index * step)]).filter(
    (claim) => claim !== undefined,
  );
  const claimed = tried[0]?.claimed;
  if (tried.length < leastPoints || claimed === undefined) return null;
  const percents = coordinateSystems.map((system) => {
    const inside = tried.filter(({ pair, outline }) => isEnclosed(outline.rings, toWgs84(pair, system))).length;
    return { system, percent: Math.round((100 * inside) / tried.length) };
  });
  const own = percents.find(({ system }) => system === claimed)?.percent ?? 0;
  const best = percents.toSorted((a, b) => b.percent - a.percent)[0];
  const isClear = best !== undefined && best.percent >= own + clearPercent;
  const found = isClear ? { best: best.system, bestPercent: best.percent } : { best: claimed, bestPercent: own };
  return { claimed, claimedPercent: own, points: tried.length, ...found };
}
