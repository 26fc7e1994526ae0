import { z } from 'zod';
import { EpochMs, RegionId } from '#contract/values/index.ts';

const weekMs = 7 * 24 * 3_600_000;
const hourMs = 3_600_000;

/** So many past weeks are looked at, and fewer than this say nothing about what is usual. */
export const historyWeeks = { most: 8, fewest: 3 } as const;

/** A grid of which nothing was reported for so long is silent (field.md, 静默网格): a quiet week happens, and somebody should ask. */
export const silentAfterMs = weekMs;

/**
 * What was open at the same hour of past weeks, and who has been silent, worked out from the incident facts of the record. `weeks`: past weeks
 * in which the record was there already, 0 to 8; `grids`: those of the asker's territory of which there is anything to say. `openThen` is summed
 * over these weeks (whole numbers add up from grid to county); `lastReportedAtMs` is null when nothing came within `silentAfterMs`.
 */
export const LoadHistory = z.strictObject({
  /** The hour that is compared, as of now. */
  atMs: EpochMs,
  /** The oldest report on the record; null = there is none. */
  sinceMs: EpochMs.nullable(),
  weeks: z.int().min(0).max(historyWeeks.most),
  grids: z
    .array(z.strictObject({ regionId: RegionId, openThen: z.int().min(0), lastReportedAtMs: EpochMs.nullable() }))
    .max(100_000)
    .readonly(),
});
export type LoadHistory = z.infer<typeof LoadHistory>;

/** The same hour of past weeks, latest first, as far as the record reaches back. China has no summer time: a week is 168 hours. */
export function sameHours({ nowMs, sinceMs }: { nowMs: number; sinceMs: number | null }): readonly number[] {
  if (sinceMs === null) return [];
  const hour = Math.floor(nowMs / hourMs) * hourMs;
  return Array.from({ length: historyWeeks.most }, (_, week) => hour - (week + 1) * weekMs).filter((atMs) => atMs >= sinceMs);
}

/** Whether a grid is silent; `unknown` while the record is younger than silence. */
export function silenceOf(history: LoadHistory): 'known' | 'unknown' {
  return history.sinceMs !== null && history.atMs - history.sinceMs >= silentAfterMs ? 'known' : 'unknown';
}
