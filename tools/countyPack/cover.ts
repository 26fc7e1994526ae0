import type { Randomness } from '#contract/values/index.ts';
import { between } from '#platform/demo/randomness.ts';
import { distanceKm, type Km, walked } from './plane.ts';
import type { Settlement } from './streets.ts';

/** A closed outline. */
export type Ring = readonly Km[];

/** Fields lie in the valleys and around villages: roundish patches that run together. */
export function fieldRings(
  random: Randomness,
  { rivers, settlements }: { rivers: readonly (readonly Km[])[]; settlements: readonly Settlement[] },
): Ring[] {
  const alongRivers = rivers.flatMap((line) =>
    [...walked(line, 0.45)].flatMap(({ at }) => {
      const middle: Km = [at[0] + between(random, [-0.35, 0.35]), at[1] + between(random, [-0.35, 0.35])];
      return random() < 0.86 ? [patch(random, { middle, radiusKm: between(random, [0.35, 0.8]) })] : [];
    }),
  );
  const around = settlements.flatMap(({ at, size }) => {
    const count = size === 'village' ? 5 : 8;
    return Array.from({ length: count }, () => {
      const middle: Km = [at[0] + between(random, [-0.8, 0.8]), at[1] + between(random, [-0.8, 0.8])];
      return patch(random, { middle, radiusKm: between(random, [0.15, 0.5]) });
    });
  });
  return [...alongRivers, ...around];
}

const builtUpKm = { seat: 1.15, town: 0.52, village: 0.22 } as const;

/** Built-up ground under the houses of each settlement. */
export function builtUpRings(random: Randomness, settlements: readonly Settlement[]): Ring[] {
  return settlements.map(({ at, size }) => patch(random, { middle: at, radiusKm: builtUpKm[size] }));
}

/** A reservoir behind its dam: the river upstream, widened, tapering off where it comes in. */
export function reservoirRing({ dam, rivers }: { dam: Km; rivers: readonly (readonly Km[])[] }): Ring | null {
  const lengthKm = 2.6;
  const points = rivers.flatMap((line) => {
    const stations = [...walked(line, 0.1)];
    return stations.map((station, index) => ({ stations, index, away: distanceKm(station.at, dam) }));
  });
  const foot = points.reduce<(typeof points)[number] | null>(
    (best, point) => (best === null || point.away < best.away ? point : best),
    null,
  );
  if (foot === null || foot.away > 3) return null;
  // Rivers run from their upper end: upstream is backwards.
  const upstream = foot.stations.slice(Math.max(0, foot.index - Math.round(lengthKm / 0.1)), foot.index + 1).toReversed();
  if (upstream.length < 5) return null;
  const half = (share: number) => 0.07 + 0.24 * Math.sin(Math.PI * Math.min(1, share * 0.85 + 0.15)) ** 1.3 * (1 - share * 0.5);
  const sides = upstream.map(({ at }, index) => {
    const next = upstream[index + 1]?.at ?? at;
    const before = upstream[index - 1]?.at ?? at;
    const length = distanceKm(before, next) || 1;
    const normal: Km = [-(next[1] - before[1]) / length, (next[0] - before[0]) / length];
    const wide = half(index / upstream.length) * (1 + 0.22 * Math.sin(index * 0.5) + 0.1 * Math.sin(index * 1.1));
    const shore = (side: number): Km => [at[0] + normal[0] * wide * side, at[1] + normal[1] * wide * side];
    return { left: shore(1), right: shore(-1) };
  });
  const ring = [...sides.map(({ left }) => left), ...sides.map(({ right }) => right).toReversed()];
  return [...ring, ring[0] ?? dam];
}

function patch(random: Randomness, { middle, radiusKm }: { middle: Km; radiusKm: number }): Ring {
  const [first, second, third] = [random() * 7, random() * 7, random() * 7];
  const corners = 40;
  const ring = Array.from({ length: corners }, (_, index): Km => {
    const angle = (index / corners) * 2 * Math.PI;
    const lobes = 0.17 * Math.sin(angle * 2 + first) + 0.13 * Math.sin(angle * 3 + second) + 0.08 * Math.sin(angle * 7 + third);
    const radius = radiusKm * (1 + lobes);
    return [middle[0] + Math.cos(angle) * radius, middle[1] + Math.sin(angle) * radius];
  });
  return [...ring, ring[0] ?? middle];
}
