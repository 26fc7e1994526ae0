import { expect, test } from 'vitest';
import { RegionPolygon } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { outlinePage, pointsOf, thinned } from './outlines.ts';

function circle(id: string, points: number): RegionPolygon {
  const ring = Array.from({ length: points }, (_, index): [number, number] => {
    const angle = (index / (points - 1)) * 2 * Math.PI;
    return [108 + Math.cos(angle) / 10, 33 + Math.sin(angle) / 10];
  });
  ring[points - 1] = ring[0] ?? [0, 0];
  return { regionId: id as RegionId, rings: [ring] };
}

test('pages of outlines hold as many as fit, and together all of them once', () => {
  const polygons = Array.from({ length: 40 }, (_, index) => circle(`r-${index}`, 500));
  const seen: string[] = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const { rows, nextOffset } = outlinePage(polygons, offset);
    expect(rows.reduce((sum, row) => sum + pointsOf(row), 0)).toBeLessThanOrEqual(8_000);
    seen.push(...rows.map(({ regionId }) => regionId));
    offset = nextOffset;
  }
  expect(seen).toEqual(polygons.map(({ regionId }) => regionId));
});

test('an outline of a million points comes thinner, closed, and is still a lawful one', () => {
  const thin = thinned(circle('big', 1_000_000));
  expect(pointsOf(thin)).toBeLessThanOrEqual(8_000);
  expect(pointsOf(thin)).toBeGreaterThan(2_000);
  expect(thin.rings[0]?.at(-1)).toEqual(thin.rings[0]?.[0]);
  expect(RegionPolygon.safeParse(thin).success).toBe(true);
});

test('an outline that fits is left as it is', () => {
  const small = circle('small', 300);
  expect(thinned(small)).toBe(small);
});
