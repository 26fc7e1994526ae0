import { expect, test } from 'vitest';
import { createPositionColumns, setPosition } from '#contract/responders/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { countOutside } from './outsidePlaces.ts';

const square = {
  regionId: 'c' as RegionId,
  rings: [
    [
      [108, 33],
      [109, 33],
      [109, 34],
      [108, 34],
      [108, 33],
    ] as const,
  ],
};

function columnsOf(places: readonly (readonly [number, number] | null)[]) {
  const columns = createPositionColumns({ size: places.length, directoryRevision: 1 });
  for (const [index, place] of places.entries()) {
    if (place !== null) setPosition(columns, index, { measuredAtMs: 5, lng: place[0], lat: place[1], headingDeg: 0, status: 0 });
  }
  return columns;
}

test('counts who is told to be outside the territory; who was never heard of is nowhere and not outside', () => {
  const columns = columnsOf([[108.5, 33.5], [0, 0], null, [110, 33.5], [33.5, 108.5]]);
  expect(countOutside({ columns, roots: ['c' as RegionId], polygons: [square] })).toBe(3);
});

test('says nothing where an outline is missing: nobody is outside of what is not known', () => {
  const columns = columnsOf([[0, 0]]);
  expect(countOutside({ columns, roots: ['c', 'd'] as RegionId[], polygons: [square] })).toBe(0);
  expect(countOutside({ columns, roots: [], polygons: [square] })).toBe(0);
});
