import type { Randomness } from '#contract/values/index.ts';
import { between } from '#platform/demo/randomness.ts';
import { indexPoints, type NearPoints, pointsAlong } from './nearPoints.ts';
import { distanceKm, type Km, walked } from './plane.ts';
import type { Settlement } from './streets.ts';

/** A house: its outline (closed) and height. */
export type Building = { readonly ring: readonly Km[]; readonly heightM: number };

// Houses stand along streets and, in villages, along the road: width and depth in km, floors, how many places stay empty.
const kinds = {
  seat: { width: [0.014, 0.04], depth: [0.011, 0.02], floors: [2, 12], empty: 0.14, reachKm: 1.05 },
  town: { width: [0.012, 0.026], depth: [0.01, 0.016], floors: [2, 6], empty: 0.2, reachKm: 0.5 },
  village: { width: [0.01, 0.017], depth: [0.009, 0.013], floors: [1, 3], empty: 0.42, reachKm: 0.42 },
} as const;
const floorM = 3.1;
const fromStreetKm = 0.006;
const fromRoadKm = 0.014;
const betweenHousesKm = 0.006;

/** Houses on both sides of a settlement's streets and of the roads through it; none on a road, a river or another house. */
export function buildingsOf(
  random: Randomness,
  {
    settlement,
    streets,
    roads,
    isOnWater,
  }: { settlement: Settlement; streets: readonly (readonly Km[])[]; roads: readonly (readonly Km[])[]; isOnWater: NearPoints },
): Building[] {
  const kind = kinds[settlement.size];
  const isNear = (point: Km) => distanceKm(point, settlement.at) < kind.reachKm;
  const around = roads.filter((line) => line.some(isNear)).map((line) => [...walked(line, 0.02)].map(({ at }) => at).filter(isNear));
  const lines = [...around.filter((line) => line.length > 2), ...streets];
  const isOnStreet = indexPoints(pointsAlong(lines));
  const taken = createTaken();
  const buildings: Building[] = [];
  for (const line of lines) {
    for (const side of [-1, 1] as const) {
      let dueKm = 0;
      for (const { at, wayKm, ahead } of walked(line, 0.004)) {
        if (wayKm < dueKm) continue;
        const [width, depth] = [between(random, kind.width), between(random, kind.depth)];
        dueKm = wayKm + width + betweenHousesKm + (random() < 0.1 ? 0.02 : 0);
        if (random() < kind.empty) continue;
        const [dx, dy] = unit(at, ahead);
        const away = side * ((streets.includes(line) ? fromStreetKm : fromRoadKm) + depth / 2 + between(random, [0, 0.004]));
        const middle: Km = [at[0] - dy * away, at[1] + dx * away];
        const radius = Math.max(width, depth) / 2;
        if (isOnWater(middle, radius + 0.03) || isOnStreet(middle, depth / 2 + 0.002) || !taken.take(middle, radius)) continue;
        const towards = 1 - Math.min(1, distanceKm(middle, settlement.at) / kind.reachKm);
        const floors = Math.round(kind.floors[0] + (kind.floors[1] - kind.floors[0]) * random() * random() * (0.45 + 0.9 * towards));
        buildings.push({ ring: rectangle({ middle, along: [dx, dy], width, depth }), heightM: Math.round(floors * floorM * 10) / 10 });
      }
    }
  }
  return buildings;
}

function rectangle({ middle, along: [dx, dy], width, depth }: { middle: Km; along: Km; width: number; depth: number }): Km[] {
  const corner = (u: number, v: number): Km => [
    middle[0] + (dx * u * width - dy * v * depth) / 2,
    middle[1] + (dy * u * width + dx * v * depth) / 2,
  ];
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)];
}

function unit(from: Km, to: Km): Km {
  const length = distanceKm(from, to) || 1;
  return [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
}

/** Circles of ground that are built on; squares of 50 m hold what lies in them. */
function createTaken() {
  const squares = new Map<string, { at: Km; radius: number }[]>();
  const square = (x: number, y: number) => `${Math.floor(x / 0.05)},${Math.floor(y / 0.05)}`;
  return {
    take(at: Km, radius: number): boolean {
      for (const dx of [-0.05, 0, 0.05]) {
        for (const dy of [-0.05, 0, 0.05]) {
          const others = squares.get(square(at[0] + dx, at[1] + dy)) ?? [];
          if (others.some((other) => distanceKm(other.at, at) < (other.radius + radius) * 0.86)) return false;
        }
      }
      const key = square(at[0], at[1]);
      squares.set(key, [...(squares.get(key) ?? []), { at, radius }]);
      return true;
    },
  };
}
