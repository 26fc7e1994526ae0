import { expect, test } from 'vitest';
import { type LngLat, RegionId } from '#contract/values/index.ts';
import { areaSquareM, circleRing, insideOf, lengthM, MapArea } from './area.ts';
import { groundDistanceM } from './distance.ts';

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
