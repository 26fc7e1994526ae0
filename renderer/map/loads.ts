import type { RegionId } from '#contract/values/index.ts';
import type { AreaLoad } from './engine/index.ts';

/** What is open in one grid by itself. */
export type OwnLoad = { readonly open: number; readonly nearlyLate: number; readonly late: number };

/**
 * Loads of all regions: each is the sum of what lies in it and below, so that pieces add up to the whole. Who reports in a region reports in
 * those above it; a region is silent when there are people in it of whom nobody reports.
 */
export function loadsOf({
  parents,
  regions,
  own,
  reporting,
}: {
  parents: ReadonlyMap<RegionId, RegionId>;
  regions: Iterable<RegionId>;
  own: ReadonlyMap<RegionId, OwnLoad>;
  /** Of the regions that have people: how many of them report. */
  reporting: ReadonlyMap<RegionId, number>;
}): ReadonlyMap<RegionId, AreaLoad> {
  const sums = new Map<RegionId, { open: number; nearlyLate: number; late: number; people: boolean; heard: number }>();
  const sumOf = (regionId: RegionId) => {
    const known = sums.get(regionId);
    if (known !== undefined) return known;
    const fresh = { open: 0, nearlyLate: 0, late: 0, people: false, heard: 0 };
    sums.set(regionId, fresh);
    return fresh;
  };
  for (const regionId of regions) sumOf(regionId);
  const upwards = function* (regionId: RegionId) {
    for (let at: RegionId | undefined = regionId; at !== undefined; at = parents.get(at)) yield sumOf(at);
  };
  for (const [regionId, { open, nearlyLate, late }] of own) {
    for (const sum of upwards(regionId)) {
      sum.open += open;
      sum.nearlyLate += nearlyLate;
      sum.late += late;
    }
  }
  for (const [regionId, heard] of reporting) {
    for (const sum of upwards(regionId)) {
      sum.people = true;
      sum.heard += heard;
    }
  }
  return new Map(
    [...sums].map(([regionId, { people, heard, ...load }]) => [
      regionId,
      { ...load, report: people && heard === 0 ? ('silent' as const) : ('reporting' as const) },
    ]),
  );
}
