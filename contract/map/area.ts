import { z } from 'zod';
import { LngLat, RegionId } from '#contract/values/index.ts';
import { eastShrink, groundDistanceM, metresPerDegree } from './distance.ts';
import { encircledSquare, isEncircled, isOverDateLine, shoelace } from './lasso.ts';

/**
 * A part of the land that somebody chose on the map. Metres; rings open, WGS-84. What lies inside is worked out again at every change. A lasso
 * may cross itself (`isEncircled`), and lies on one side of the 180th meridian.
 */
export const MapArea = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('circle'), at: LngLat, radiusM: z.number().min(10).max(200_000) }),
  z.strictObject({
    kind: z.literal('lasso'),
    ring: z
      .array(LngLat)
      .min(3)
      .max(500)
      .readonly()
      .refine((ring) => !isOverDateLine(ring)),
  }),
  z.strictObject({ kind: z.literal('region'), regionId: RegionId }),
]);
export type MapArea = z.infer<typeof MapArea>;

/** A region's outline as the directory has it (`RegionPolygon.rings`); null where it has none. */
export type RingsOf = (regionId: RegionId) => readonly (readonly LngLat[])[] | null;

/** Tells of a place whether it lies in the area; made once per area, asked for thousands of places. */
export type Inside = (place: LngLat) => boolean;

/** Prepares an area for questions. A region without an outline holds nothing. */
export function insideOf(area: MapArea, ringsOf: RingsOf): Inside {
  switch (area.kind) {
    case 'circle':
      return (place) => groundDistanceM(area.at, place) <= area.radiusM;
    case 'lasso':
      return boxed([area.ring], (place) => isEncircled(area.ring, place));
    case 'region':
      return outlined(ringsOf(area.regionId) ?? []);
  }
}

/** Square metres of an area, each once. */
export function areaSquareM(area: MapArea, ringsOf: RingsOf): number {
  switch (area.kind) {
    case 'circle':
      return Math.PI * area.radiusM ** 2;
    case 'lasso':
      return encircledSquare(area.ring) * squareMetresAt(area.ring);
    case 'region':
      // Outer rings turn one way and holes the other: the sum is what lies between.
      return Math.abs((ringsOf(area.regionId) ?? []).reduce((sum, ring) => sum + shoelace(ring) * squareMetresAt(ring), 0));
  }
}

/** Metres along a line of places. */
export function lengthM(line: readonly LngLat[]): number {
  return line.slice(1).reduce((sum, place, index) => sum + groundDistanceM(line[index] ?? place, place), 0);
}

/** Places around a circle, for drawing it; closed, clockwise from north. */
export function circleRing({ at, radiusM }: { at: LngLat; radiusM: number }, corners = 64): LngLat[] {
  const north = radiusM / metresPerDegree;
  const east = north / eastShrink(at[1]);
  return Array.from({ length: corners + 1 }, (_, corner): LngLat => {
    const turn = ((corner % corners) / corners) * 2 * Math.PI;
    return [at[0] + east * Math.sin(turn), at[1] + north * Math.cos(turn)];
  });
}

type Rings = readonly (readonly LngLat[])[];

function outlined(rings: Rings): Inside {
  return boxed(rings, (place) => isEnclosed(rings, place));
}

/** Most places lie outside of the box already. */
function boxed(rings: Rings, holds: Inside): Inside {
  const places = rings.flat();
  const span = (axis: 0 | 1) =>
    places.reduce(([least, most], place) => [Math.min(least, place[axis]), Math.max(most, place[axis])] as const, [
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ] as readonly [number, number]);
  const [[west, east], [south, north]] = [span(0), span(1)];
  return (place) => place[0] >= west && place[0] <= east && place[1] >= south && place[1] <= north && holds(place);
}

/** Whether a place lies inside: an odd number of rings encloses it (`RegionPolygon`), so holes and several parts come out right. Rings may be open or closed. */
export function isEnclosed(rings: Rings, [x, y]: LngLat): boolean {
  let isIn = false;
  for (const ring of rings) {
    for (let index = 0, previous = ring.length - 1; index < ring.length; previous = index, index += 1) {
      const [ax, ay] = ring[index] ?? [0, 0];
      const [bx, by] = ring[previous] ?? [0, 0];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isIn = !isIn;
    }
  }
  return isIn;
}

/** Square metres of a square degree where a ring begins. */
function squareMetresAt(ring: readonly LngLat[]): number {
  return eastShrink(ring[0]?.[1] ?? 0) * metresPerDegree ** 2;
}
