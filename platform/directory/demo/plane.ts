import type { LngLat, Randomness } from '#contract/values/index.ts';
import { between } from '#platform/demo/randomness.ts';

/** Kilometres east and north of the county's middle. The county is drawn on this plane and put on the globe at the end. */
export type Point = readonly [number, number];

// An empty stretch of inland mountains; the county on it is invented.
const middle: LngLat = [108.3, 33.3];
const kmPerDegreeLat = 110.92;
const kmPerDegreeLng = 111.32 * Math.cos((middle[1] * Math.PI) / 180);

/** Coordinates are whole micro-degrees (about 0.1 m): areas and crossings can then be proven in integers. */
const stepsPerDegree = 1_000_000;

/** Where a point of the plane lies on the globe, on whole micro-degrees. */
export function toLngLat([east, north]: Point): LngLat {
  return [onStep(middle[0] + east / kmPerDegreeLng), onStep(middle[1] + north / kmPerDegreeLat)];
}

/** Kilometres between two points. */
export function distanceKm(from: Point, to: Point): number {
  return Math.hypot(to[0] - from[0], to[1] - from[1]);
}

/** The point at a share (0..1) of the way. */
export function along({ from, to, share }: { from: Point; to: Point; share: number }): Point {
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

/** Compass bearing in whole degrees, 0 = north, clockwise, below 360. */
export function bearingDeg(from: Point, to: Point): number {
  const degrees = Math.round((Math.atan2(to[0] - from[0], to[1] - from[1]) * 180) / Math.PI);
  return ((degrees % 360) + 360) % 360;
}

/**
 * Bends the stretch between two points like a shore: the middle moves sideways by up to `bend` of the length, then each half likewise
 * a little less, until pieces are shorter than `shortestKm`. Returns the points between, ends excluded.
 */
export function bentLine(random: Randomness, stretch: { from: Point; to: Point; bend: number; shortestKm: number }): Point[] {
  const { from, to, bend, shortestKm } = stretch;
  const length = distanceKm(from, to);
  if (length < 2 * shortestKm) return [];
  const aside = between(random, [-bend, bend]);
  const center = along({ from, to, share: between(random, [0.42, 0.58]) });
  const bent: Point = [center[0] - (to[1] - from[1]) * aside, center[1] + (to[0] - from[0]) * aside];
  const rest = { bend: bend * 0.8, shortestKm };
  return [...bentLine(random, { from, to: bent, ...rest }), bent, ...bentLine(random, { from: bent, to, ...rest })];
}

function onStep(degrees: number): number {
  return Math.round(degrees * stepsPerDegree) / stepsPerDegree;
}
