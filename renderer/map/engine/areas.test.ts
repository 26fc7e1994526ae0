import { expect, test } from 'vitest';
import type { RegionId } from '#contract/values/index.ts';
import { createAreas } from './areas.ts';
import { levelFor } from './levels.ts';
import { isEnclosed } from '#contract/map/index.ts';
import { pickArea } from './pickArea.ts';

const square = (west: number, south: number, side = 0.02): readonly (readonly [number, number])[] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];
const area = (id: string, west: number) => ({ regionId: id as RegionId, rings: [square(west, 33)] });
const load = (open: number) => ({ open, nearlyLate: 0, late: 0, report: 'reporting' as const });

test('the fullest area is the highest, an empty one lies flat, and what is not named keeps its height', () => {
  const areas = createAreas([area('a', 108), area('b', 108.02), area('c', 108.04)]);
  areas.setGreatestLoad(10);
  areas.setLoads(
    new Map([
      ['a' as RegionId, load(10)],
      ['b' as RegionId, load(5)],
    ]),
    null,
  );
  const [a, b, c] = [0, 1, 2].map((index) => areas.states.heightOf(index));
  expect([(a ?? 0) > 0, Math.round((a ?? 0) / (b ?? 1)), c]).toEqual([true, 2, 0]);
  areas.setLoads(new Map([['b' as RegionId, load(0)]]), null);
  expect([areas.states.heightOf(0), areas.states.heightOf(1)]).toEqual([a, 0]);
});

test('a roof hides what lies behind it: the line of sight meets the higher area first', () => {
  const areas = createAreas([area('tall', 108), area('flat', 108.02)]);
  areas.setLoads(new Map([['tall' as RegionId, load(9)]]), null);
  const top = areas.greatestHeight();
  // Looking east and down: at the top the line is over the tall area, at the ground over the flat one.
  const placeAt = (height: number) => [108.03 - (height / top) * 0.02, 33.01] as const;
  expect(areas.drawn[pickArea({ areas, heightScale: 1, placeAt })]?.regionId).toBe('tall');
  areas.setLoads(new Map([['tall' as RegionId, load(0)]]), null);
  expect(areas.drawn[pickArea({ areas, heightScale: 1, placeAt })]?.regionId).toBe('flat');
  expect(pickArea({ areas, heightScale: 1, placeAt: () => [100, 20] })).toBe(-1);
});

test('a hole is outside, an island in it inside', () => {
  const rings = [square(108, 33, 0.09), square(108.03, 33.03, 0.03), square(108.04, 33.04, 0.01)];
  const at = (lng: number, lat: number) => isEnclosed(rings, [lng, lat]);
  expect([at(108.01, 33.01), at(108.035, 33.035), at(108.045, 33.045), at(109, 33)]).toEqual([true, false, true, false]);
});

test('the finest level that can be read is drawn, and the widest there is when none can', () => {
  const medianMeters = new Map([
    ['grid', 1_500],
    ['village', 5_000],
    ['town', 14_000],
  ] as const);
  const at = (zoom: number) => levelFor({ zoom, latitude: 33, medianMeters });
  expect([at(12), at(8.5), at(7), at(3)]).toEqual(['grid', 'village', 'town', 'town']);
  expect(levelFor({ zoom: 10, latitude: 33, medianMeters: new Map() })).toBeNull();
});
