import { historyWeeks, type LoadHistory, silenceOf } from '#contract/incidents/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { loadsOf } from './loads.ts';

/** What can be said of now against past weeks; `tooFewWeeks` is said in words, nothing is drawn of it. */
export type Heat =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'tooFewWeeks'; readonly weeks: number }
  | { readonly kind: 'known'; readonly weeks: number };

type Tree = { readonly parents: ReadonlyMap<RegionId, RegionId>; readonly regions: Iterable<RegionId> };

/** Whether the record reaches back far enough to say what is usual. */
export function heatFrom(history: LoadHistory | null): Heat {
  if (history === null) return { kind: 'unknown' };
  const { weeks } = history;
  return weeks < historyWeeks.fewest ? { kind: 'tooFewWeeks', weeks } : { kind: 'known', weeks };
}

// Where two are usual, four are no heat yet: less than three more is what any day brings.
const fewestAboveUsual = 3;

/**
 * How much more is open than at the same hour of past weeks: 0 = no more than usual, 1 = twice as much and at least three more. Of every
 * region, from the sums of all below it. Null while nothing can be said.
 */
export function heatOf({
  history,
  openNow,
  ...tree
}: Tree & { history: LoadHistory | null; openNow: ReadonlyMap<RegionId, { readonly open: number }> }): ReadonlyMap<
  RegionId,
  number
> | null {
  if (history === null || heatFrom(history).kind !== 'known') return null;
  const own = new Map(history.grids.map(({ regionId, openThen }) => [regionId, { open: openThen, nearlyLate: 0, late: 0 }]));
  const then = loadsOf({ ...tree, own, reporting: new Map() });
  return new Map(
    [...openNow].map(([regionId, { open }]) => {
      const usual = (then.get(regionId)?.open ?? 0) / history.weeks;
      return [regionId, Math.min(1, Math.max(0, (open - usual) / Math.max(usual, fewestAboveUsual)))] as const;
    }),
  );
}

/** Of each of these grids whether anything was reported within the time of silence; empty while that cannot be known. */
export function reportingFrom(history: LoadHistory | null, grids: Iterable<RegionId>): ReadonlyMap<RegionId, number> {
  if (history === null || silenceOf(history) === 'unknown') return new Map();
  const heard = new Set(history.grids.flatMap(({ regionId, lastReportedAtMs }) => (lastReportedAtMs === null ? [] : [regionId])));
  return new Map(Array.from(grids, (regionId) => [regionId, heard.has(regionId) ? 1 : 0]));
}
