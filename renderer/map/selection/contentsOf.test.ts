import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groundDistanceM, type MapArea } from '#contract/map/index.ts';
import type { CameraId, CenterId, IncidentId, LngLat, RegionId } from '#contract/values/index.ts';
import { contentsOf, isSameContents, type SelectableThings } from './contentsOf.ts';

const region = (id: string) => id as RegionId;
// A county of two towns, each with two grids: g0, g1 in t0 and g2, g3 in t1, squares of 0.1 degrees side by side.
const parents = new Map([
  [region('t0'), region('c')],
  [region('t1'), region('c')],
  ...[0, 1, 2, 3].map((index) => [region(`g${index}`), region(`t${Math.floor(index / 2)}`)] as const),
]);
const square = (west: number, east: number): readonly (readonly LngLat[])[] => [
  [
    [west, 33],
    [east, 33],
    [east, 33.1],
    [west, 33.1],
    [west, 33],
  ],
];
const rings: Readonly<Record<string, ReturnType<typeof square>>> = {
  ...{ c: square(108, 108.4), t0: square(108, 108.2), t1: square(108.2, 108.4) },
  ...Object.fromEntries([0, 1, 2, 3].map((index) => [`g${index}`, square(108 + index / 10, 108.1 + index / 10)])),
};
const ids = Object.keys(rings);

const place: fc.Arbitrary<LngLat> = fc.tuple(
  fc.double({ min: 107.95, max: 108.45, noNaN: true }),
  fc.double({ min: 32.95, max: 33.15, noNaN: true }),
);
const gridId = fc.integer({ min: 0, max: 3 }).map((index) => region(`g${index}`));
const thing = fc.record({ at: place, regionId: gridId, isPlaced: fc.boolean(), isHeard: fc.boolean() });
const area: fc.Arbitrary<MapArea> = fc.oneof(
  fc.record({ kind: fc.constant('circle' as const), at: place, radiusM: fc.double({ min: 10, max: 40_000, noNaN: true }) }),
  fc.record({ kind: fc.constant('lasso' as const), ring: fc.tuple(place, place, place) }),
  fc.record({ kind: fc.constant('region' as const), regionId: fc.constantFrom(...ids.map(region)) }),
);

type Drawn = typeof thing extends fc.Arbitrary<infer Made> ? Made : never;

function thingsOf(drawn: readonly Drawn[]): SelectableThings {
  return {
    cameras: drawn.map(({ at, regionId, isPlaced }, index) => ({ id: `k${index}` as CameraId, location: isPlaced ? at : null, regionId })),
    centers: drawn.map(({ at, regionId }, index) => ({ id: `z${index}` as CenterId, location: at, regionId })),
    incidents: drawn.map(({ at, regionId }, index) => ({ incidentId: `i${index}` as IncidentId, at, regionId })),
    regions: ids.map((id) => ({ id: region(id), level: id.startsWith('g') ? ('grid' as const) : ('town' as const), center: middle(id) })),
    parents,
    positions: {
      measuredAtMs: Float64Array.from(drawn, ({ isHeard }) => (isHeard ? 1 : 0)),
      // Doubles in a column of doubles: the oracle below must see the same places.
      lngLat: Float64Array.from(drawn.flatMap(({ at }) => [...at])) as unknown as Float32Array,
    },
    ringsOf: (regionId) => rings[regionId] ?? null,
  };
}

function middle(id: string): LngLat {
  const [west, south] = rings[id]?.[0]?.[0] ?? [0, 0];
  const [east, north] = rings[id]?.[0]?.[2] ?? [0, 0];
  return [(west + east) / 2, (south + north) / 2];
}

/** Reckoned in another way: squares by their sides, triangles by which side of each line a place lies on. */
function stands(chosen: MapArea, at: LngLat): boolean {
  if (chosen.kind === 'circle') return groundDistanceM(chosen.at, at) <= chosen.radiusM;
  if (chosen.kind === 'region') {
    const [[west, south], , [east, north]] = (rings[chosen.regionId] ?? square(0, 0))[0] as [LngLat, LngLat, LngLat];
    return at[0] > west && at[0] < east && at[1] > south && at[1] < north;
  }
  const sides = chosen.ring.map((a, index) => {
    const b = chosen.ring[(index + 1) % 3] ?? a;
    return Math.sign((b[0] - a[0]) * (at[1] - a[1]) - (b[1] - a[1]) * (at[0] - a[0]));
  });
  return sides.every((side) => side > 0) || sides.every((side) => side < 0);
}

function holds(chosen: MapArea, { at, regionId }: { at: LngLat | null; regionId: string }): boolean {
  if (chosen.kind !== 'region') return at !== null && stands(chosen, at);
  const town = regionId === 'g0' || regionId === 'g1' ? 't0' : 't1';
  return [regionId, ...(regionId.startsWith('g') ? [town, 'c'] : ['c'])].includes(chosen.regionId);
}

test('a selection counts just what looking at every single thing finds', () => {
  let found = 0;
  fc.assert(
    fc.property(area, fc.array(thing, { maxLength: 40 }), (chosen, drawn) => {
      const contents = contentsOf(chosen, thingsOf(drawn));
      const indices = (isIn: (one: Drawn) => boolean) => drawn.flatMap((one, index) => (isIn(one) ? [index] : []));
      found += contents.cameras.length;
      expect(contents).toEqual({
        cameras: indices(({ at, regionId, isPlaced }) => holds(chosen, { at: isPlaced ? at : null, regionId })).map((index) => `k${index}`),
        responders: indices(({ at, isHeard }) => isHeard && stands(chosen, at)),
        centers: indices((one) => holds(chosen, one)).map((index) => `z${index}`),
        incidents: indices((one) => holds(chosen, one)).map((index) => `i${index}`),
        grids: ids.filter((id) => id.startsWith('g') && holds(chosen, { at: middle(id), regionId: id })),
      });
    }),
    { seed: 4, numRuns: 300 },
  );
  expect(found).toBeGreaterThan(100);
});

test('a region holds its cameras that have no place, a circle around all of it does not', () => {
  const things = thingsOf([{ at: [108.05, 33.05], regionId: region('g0'), isPlaced: false, isHeard: true }]);
  expect(contentsOf({ kind: 'region', regionId: region('t0') }, things).cameras).toEqual(['k0']);
  expect(contentsOf({ kind: 'region', regionId: region('t1') }, things).cameras).toEqual([]);
  expect(contentsOf({ kind: 'circle', at: [108.2, 33.05], radiusM: 40_000 }, things)).toMatchObject({ cameras: [], responders: [0] });
});

test('contents are the same as long as the same things are in it', () => {
  const one = { at: [108.05, 33.05] as LngLat, regionId: region('g0'), isPlaced: true, isHeard: true };
  const chosen: MapArea = { kind: 'circle', at: [108.05, 33.05], radiusM: 500 };
  const [same, again] = [contentsOf(chosen, thingsOf([one])), contentsOf(chosen, thingsOf([{ ...one, at: [108.0501, 33.05] }]))];
  const gone = contentsOf(chosen, thingsOf([{ ...one, at: [108.2, 33.05] }]));
  expect([isSameContents(same, again), isSameContents(same, gone), isSameContents(null, same), isSameContents(null, null)]).toEqual([
    ...[true, false, false, true],
  ]);
});
