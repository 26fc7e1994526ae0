import type { Areas } from './areas.ts';

/** Where the line of sight through a point of the screen meets this height above ground; null = nowhere. */
export type PlaceAtHeight = (heightMeters: number) => readonly [number, number] | null;

const steps = 24;

/**
 * The area that one sees at a point of the screen: the line of sight is followed down from the highest roof, and the first area that is at
 * least as high as the line over it is the one. Exact to a 24th of the highest roof, with nothing asked of the graphics card.
 */
export function pickArea({ areas, heightScale, placeAt }: { areas: Areas; heightScale: number; placeAt: PlaceAtHeight }): number {
  const highest = areas.greatestHeight();
  for (let step = steps; step >= 0; step -= 1) {
    const height = (highest * step) / steps;
    const place = placeAt(height * heightScale);
    if (place === null) continue;
    const index = areas.at(place, { atLeastHigh: height });
    if (index >= 0) return index;
  }
  return -1;
}
