import type { RegionLevel } from '#contract/directory/index.ts';

/** Levels that are drawn as areas, finest first. */
export const finestFirst = ['grid', 'village', 'town', 'county'] as const satisfies readonly RegionLevel[];

// An area narrower than this is a speck: what it says cannot be read any more.
const narrowestPx = 16;
const metersPerPixelAtZoom0 = 78_271.517;

/** The finest level whose areas are wide enough to be read at this zoom (tiles of 512 px); null = there is nothing to draw. */
export function levelFor({
  zoom,
  latitude,
  medianMeters,
}: {
  zoom: number;
  latitude: number;
  medianMeters: ReadonlyMap<RegionLevel, number>;
}): RegionLevel | null {
  const metersPerPixel = (metersPerPixelAtZoom0 * Math.cos((latitude * Math.PI) / 180)) / 2 ** zoom;
  const drawn = finestFirst.filter((level) => (medianMeters.get(level) ?? 0) > 0);
  return drawn.find((level) => (medianMeters.get(level) ?? 0) / metersPerPixel >= narrowestPx) ?? drawn.at(-1) ?? null;
}
