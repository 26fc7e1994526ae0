import type { LngLat } from '#contract/values/index.ts';

/** Kilometres east and north of a middle. */
export type Km = readonly [number, number];

/** A flat picture of a county around its middle; good to some metres over 200 km, which is what a drawing needs. */
export type Plane = {
  /** West, south, east, north of everything drawn, degrees. */
  readonly bounds: readonly [number, number, number, number];
  toKm(place: LngLat): Km;
  toLngLat(point: Km): LngLat;
};

const kmPerDegreeLat = 110.92;
/** Whole micro-degrees, as the demo's directory has them: places that were one stay one. */
const stepsPerDegree = 1_000_000;

/** The plane of some places, with a margin around them. */
export function planeAround(places: readonly LngLat[], { marginKm }: { marginKm: number }): Plane {
  const [lngs, lats] = [places.map(([lng]) => lng), places.map(([, lat]) => lat)];
  const least = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.min(a, b));
  const most = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b));
  const middle: LngLat = [(least(lngs) + most(lngs)) / 2, (least(lats) + most(lats)) / 2];
  const kmPerDegreeLng = 111.32 * Math.cos((middle[1] * Math.PI) / 180);
  const [marginLng, marginLat] = [marginKm / kmPerDegreeLng, marginKm / kmPerDegreeLat];
  return {
    bounds: [least(lngs) - marginLng, least(lats) - marginLat, most(lngs) + marginLng, most(lats) + marginLat],
    toKm: ([lng, lat]) => [(lng - middle[0]) * kmPerDegreeLng, (lat - middle[1]) * kmPerDegreeLat],
    toLngLat: ([east, north]) => [onStep(middle[0] + east / kmPerDegreeLng), onStep(middle[1] + north / kmPerDegreeLat)],
  };
}

/** Kilometres between two points. */
export function distanceKm(a: Km, b: Km): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** Points along a line at most `stepKm` apart, with the way walked so far. */
export function* walked(line: readonly Km[], stepKm: number): Generator<{ at: Km; wayKm: number; ahead: Km }> {
  let wayKm = 0;
  for (const [index, to] of line.entries()) {
    const from = line[index - 1];
    if (from === undefined) continue;
    const length = distanceKm(from, to);
    const steps = Math.max(1, Math.ceil(length / stepKm));
    for (let step = 0; step < steps; step += 1) {
      const share = step / steps;
      yield { at: [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share], wayKm: wayKm + length * share, ahead: to };
    }
    wayKm += length;
  }
}

function onStep(degrees: number): number {
  return Math.round(degrees * stepsPerDegree) / stepsPerDegree;
}
