import type { Randomness } from '#contract/values/index.ts';
import { distanceKm, type Point } from './plane.ts';
import { between, seededRandomness } from '#platform/demo/randomness.ts';
import type { DemoSizes } from './scales.ts';

/** Where people live: a town's seat and how strongly it draws small grids to itself. */
export type Seat = { readonly at: Point; readonly pull: number };

/** The county before it is divided: its shape and the seats of its towns. */
export type Landscape = {
  readonly seats: readonly Seat[];
  readonly halfAxesKm: readonly [number, number];
  /** 0 in the middle, 1 on the border, more outside. */
  borderShare(point: Point): number;
  /** The border point in a compass-free direction (radians, 0 = east, counter-clockwise). */
  borderPoint(angle: number): Point;
};

// The eleven towns as they lie to each other on the console's drawing; the first is the county seat.
const knownSeats: readonly Point[] = [
  [-1.5, 1.5],
  [-3.5, 14.5],
  [10.5, 7.5],
  [-14.5, 6.5],
  [-12.5, -9],
  [20.5, -1],
  [8, -11],
  [-23.5, -1.5],
  [3.5, -19],
  [13.5, 17],
  [20, -12.5],
];

/** Shapes the land. More towns than the known ones settle where most room is left. */
export function shapeLandscape({ seed, sizes }: { seed: number; sizes: DemoSizes }): Landscape {
  const random = seededRandomness({ seed, label: 'landscape' });
  const radius = lobedRadius(random);
  const [east, north] = sizes.halfAxesKm;
  const borderShare = ([x, y]: Point) => Math.hypot(x / east, y / north) / radius(Math.atan2(y / north, x / east));
  const borderPoint = (angle: number): Point => [east * radius(angle) * Math.cos(angle), north * radius(angle) * Math.sin(angle)];
  const seats = knownSeats.slice(0, sizes.towns);
  while (seats.length < sizes.towns) seats.push(roomiestSpot({ random, seats, sizes, borderShare }));
  return {
    seats: seats.map((at, index) => ({ at, pull: index === 0 ? 9 : between(random, [2.5, 5]) })),
    halfAxesKm: sizes.halfAxesKm,
    borderShare,
    borderPoint,
  };
}

/** How many times smaller grids are here than in empty mountains. */
export function densityAt(landscape: Landscape, point: Point): number {
  let density = 1;
  for (const { at, pull } of landscape.seats) {
    const away = distanceKm(at, point) / (1.6 + pull * 0.12);
    if (away < 3) density += pull * Math.exp(-away * away);
  }
  return density;
}

function lobedRadius(random: Randomness): (angle: number) => number {
  const lobes = [2, 3, 4, 5, 7].map((count) => ({
    count,
    size: between(random, [0.25, 0.32]) / count,
    turn: between(random, [0, 2 * Math.PI]),
  }));
  return (angle) => 1 + lobes.reduce((sum, { count, size, turn }) => sum + size * Math.cos(count * angle + turn), 0);
}

type Settling = { random: Randomness; seats: readonly Point[]; sizes: DemoSizes; borderShare: Landscape['borderShare'] };

function roomiestSpot({ random, seats, sizes, borderShare }: Settling): Point {
  const [east, north] = sizes.halfAxesKm;
  let best: Point = [0, 0];
  let bestRoom = 0;
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const spot: Point = [between(random, [-1.4, 1.4]) * east, between(random, [-1.4, 1.4]) * north];
    if (borderShare(spot) > 0.93) continue;
    const room = Math.min(...seats.map((seat) => distanceKm(seat, spot)));
    if (room > bestRoom) [best, bestRoom] = [spot, room];
  }
  return best;
}
