import type { RegionId } from '#contract/values/index.ts';
import type { LoadRow, LoadsAsked } from './queries.ts';

type Span = { regionId: RegionId; fromMs: number; untilMs: number | null };

/** From when to when each incident was open, in memory. */
export function createMemoryLoads(isBelow: (regionId: RegionId, roots: readonly RegionId[]) => boolean) {
  const spans = new Map<string, Span>();
  return {
    reported({ incidentId, regionId, atMs }: { incidentId: string; regionId: RegionId; atMs: number }): void {
      spans.set(incidentId, { regionId, fromMs: spans.get(incidentId)?.fromMs ?? atMs, untilMs: null });
    },
    closed({ incidentId, atMs }: { incidentId: string; atMs: number }): void {
      const span = spans.get(incidentId);
      if (span !== undefined) span.untilMs ??= atMs;
    },
    drop: () => spans.clear(),
    firstReportAtMs: () => [...spans.values()].reduce<number | null>((least, { fromMs }) => Math.min(least ?? fromMs, fromMs), null),
    readLoads({ territory, instants, reportedAfterMs }: LoadsAsked): readonly LoadRow[] {
      const within = [...spans.values()].filter(({ regionId }) => isBelow(regionId, territory));
      return [...Map.groupBy(within, ({ regionId }) => regionId)].flatMap(([regionId, own]) => {
        const openThen = instants.reduce((sum, atMs) => sum + own.filter((span) => isOpenAt(span, atMs)).length, 0);
        const late = own.filter(({ fromMs }) => fromMs > reportedAfterMs).map(({ fromMs }) => fromMs);
        if (openThen === 0 && late.length === 0) return [];
        return [{ regionId, openThen, lastReportedAtMs: late.length === 0 ? null : Math.max(...late) }];
      });
    },
  };
}

function isOpenAt({ fromMs, untilMs }: Span, atMs: number): boolean {
  return fromMs <= atMs && (untilMs === null || untilMs > atMs);
}
