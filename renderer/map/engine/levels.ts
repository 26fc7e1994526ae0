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
  const metersPerPixel = metersPerPixelAt({ zoom, latitude });
  const drawn = finestFirst.filter((level) => (medianMeters.get(level) ?? 0) > 0);
  return drawn.find((level) => (medianMeters.get(level) ?? 0) / metersPerPixel >= narrowestPx) ?? drawn.at(-1) ?? null;
}

/** How wide an edge between areas is, CSS pixels: a line before somebody who sits before it, as much wider as signs are larger on a wall. */
export function edgePxFor(scale: number): number {
  return scale <= 1 ? 1 : Math.round(scale * 2) / 2;
}

// Wider than this an area is more than one looks at, and twice as wide it is the ground that one stands on.
const widestPx = 260;

/** How much the areas cover the land: 1 while one reads them, falling to 0 where one has gone so near that they would hide what is in them. */
export function coverFor({ zoom, latitude, medianMeters }: { zoom: number; latitude: number; medianMeters: number }): number {
  const widthPx = medianMeters / metersPerPixelAt({ zoom, latitude });
  return Math.max(0, Math.min(1, 2 - widthPx / widestPx));
}

/** Metres of a CSS pixel on the ground (tiles of 512 px). */
export function metersPerPixelAt({ zoom, latitude }: { zoom: number; latitude: number }): number {
  return (metersPerPixelAtZoom0 * Math.cos((latitude * Math.PI) / 180)) / 2 ** zoom;
}
