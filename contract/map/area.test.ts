import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LngLat, RegionId } from '#contract/values/index.ts';
import { areaSquareM, circleRing, insideOf, lengthM, MapArea } from './area.ts';
import { groundDistanceM } from './distance.ts';
import { encircledSquare, isEncircled } from './lasso.ts';
import { selfCrossing } from './selfCrossing.ts';

const village = RegionId.parse('v1');
const outer: LngLat[] = [
  [108, 33],
  [108.1, 33],
  [108.1, 33.1],
  [108, 33.1],
  [108, 33],
];
const hole: LngLat[] = [
  [108.04, 33.04],
  [108.04, 33.06],
  [108.06, 33.06],
  [108.06, 33.04],
  [108.04, 33.04],
];
const ringsOf = (regionId: RegionId) => (regionId === village ? [outer, hole] : null);

test('a circle ends at its radius in every direction, also where degrees of longitude are short', () => {
  const circle = { kind: 'circle', at: [108, 60], radiusM: 1_000 } as const;
  const inside = insideOf(circle, ringsOf);
  const [degree, short] = [1 / 111_320, 1 / 111_320 / 0.5];
  expect([inside([108, 60 + 990 * degree]), inside([108, 60 + 1_010 * degree])]).toEqual([true, false]);
  expect([inside([108 + 990 * short, 60]), inside([108 + 1_010 * short, 60])]).toEqual([true, false]);
  for (const corner of circleRing(circle)) expect(groundDistanceM(circle.at, corner)).toBeCloseTo(1_000, -0.5);
});

test('a territory holds what its outline encloses, not its holes; one without an outline holds nothing', () => {
  const inside = insideOf({ kind: 'region', regionId: village }, ringsOf);
  expect([inside([108.02, 33.02]), inside([108.05, 33.05]), inside([108.2, 33.05])]).toEqual([true, false, false]);
  expect(insideOf({ kind: 'region', regionId: RegionId.parse('v2') }, ringsOf)([108.02, 33.02])).toBe(false);
  const whole = areaSquareM({ kind: 'lasso', ring: outer }, ringsOf);
  expect(areaSquareM({ kind: 'region', regionId: village }, ringsOf) / whole).toBeCloseTo(0.96, 3);
});

test('a lasso is the same whether it was drawn one way round or the other, closed or open', () => {
  const rings = [outer, outer.toReversed(), outer.slice(0, -1)];
  const holds = rings
    .map((ring) => insideOf({ kind: 'lasso', ring }, ringsOf))
    .map((inside) => [inside([108.05, 33.05]), inside([108.15, 33.05])]);
  expect(holds).toEqual([
    [true, false],
    [true, false],
    [true, false],
  ]);
  const sizes = rings.map((ring) => Math.round(areaSquareM({ kind: 'lasso', ring }, ringsOf)));
  expect(new Set(sizes).size).toBe(1);
  expect((sizes[0] ?? 0) / 1e6).toBeCloseTo(103.9, 0);
});

test('what a lasso goes around counts once, also where its line crosses itself: two loops, a loop gone around twice, an overshot end', () => {
  const ring = (...places: LngLat[]) => ({ kind: 'lasso', ring: places }) as const;
  const square = outer.slice(0, -1);
  const eight = ring([108, 33], [108.1, 33.1], [108.1, 33], [108, 33.1]);
  const twice = ring(...square, ...square);
  const overshot = ring(...square, [108, 33.02], [107.98, 33.02]);
  const whole = areaSquareM(ring(...square), ringsOf);
  const shares = [eight, twice, overshot].map((area) => areaSquareM(area, ringsOf) / whole);
  expect(shares[0]).toBeCloseTo(0.5, 5);
  expect(shares[1]).toBeCloseTo(1, 5);
  // The end lies outside and adds a triangle: 0.02 wide, 0.02 high.
  expect(shares[2]).toBeCloseTo(1.02, 5);
  const holds = [eight, twice, overshot].map((area) => [
    insideOf(area, ringsOf)([108.02, 33.05]),
    insideOf(area, ringsOf)([108.08, 33.05]),
    insideOf(area, ringsOf)([108.05, 33.02]),
  ]);
  expect(holds).toEqual([
    [true, true, false],
    [true, true, true],
    [true, true, true],
  ]);
});

test('a random line holds the share of places that its area says', () => {
  const place = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
  let crossed = 0;
  fc.assert(
    fc.property(fc.array(place, { minLength: 3, maxLength: 12 }), (ring) => {
      const steps = 60;
      let held = 0;
      for (let x = 0; x < steps; x += 1)
        for (let y = 0; y < steps; y += 1) held += isEncircled(ring, [(x + 0.5) / steps, (y + 0.5) / steps]) ? 1 : 0;
      if (selfCrossing([...ring, ring[0]!]) !== null) crossed += 1;
      expect(Math.abs(encircledSquare(ring) - held / steps ** 2)).toBeLessThan(0.03);
    }),
    { seed: 5, numRuns: 200 },
  );
  expect(crossed).toBeGreaterThan(50);
});

test('over the 180th meridian distances go the short way round, and no lasso is taken', () => {
  expect(groundDistanceM([179.99, 0], [-179.99, 0])).toBeCloseTo(2_226, 0);
  const inside = insideOf({ kind: 'circle', at: [179.999, 0], radiusM: 1_000 }, ringsOf);
  expect([inside([-179.999, 0]), inside([-179.9, 0])]).toEqual([true, false]);
  const over = {
    kind: 'lasso',
    ring: [
      [179.9, 33],
      [-179.9, 33],
      [-179.9, 34],
    ],
  };
  const beside = {
    kind: 'lasso',
    ring: [
      [179.7, 33],
      [179.9, 33],
      [179.9, 34],
    ],
  };
  expect([over, beside].map((area) => MapArea.safeParse(area).success)).toEqual([false, true]);
});

test('a line is as long as its pieces', () => {
  expect(
    lengthM([
      [108, 33],
      [108, 33.1],
      [108, 33],
    ]),
  ).toBeCloseTo(2 * 11_132, 0);
  expect(lengthM([[108, 33]])).toBe(0);
});

test.each([
  ['no radius', { kind: 'circle', at: [108, 33], radiusM: 0 }],
  ['not a number', { kind: 'circle', at: [108, Number.NaN], radiusM: 100 }],
  ['swapped axes', { kind: 'circle', at: [33, 108], radiusM: 100 }],
  ['two corners', { kind: 'lasso', ring: outer.slice(0, 2) }],
  ['a thousand corners', { kind: 'lasso', ring: Array.from({ length: 1_000 }, () => [108, 33]) }],
  ['a kind that nobody knows', { kind: 'constructor' }],
])('an area with %s is no area', (_, area) => {
  expect(MapArea.safeParse(area).success).toBe(false);
});
