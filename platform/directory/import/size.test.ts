import { expect, test } from 'vitest';
import { bigCounty } from './testing/bigCounty.ts';
import { openEmptyCounty } from './testing/county.ts';

test('a county of many cameras and long outlines comes in whole, and again without a change', async () => {
  const { bring, directory } = await openEmptyCounty();
  const { regions, cameras } = bigCounty({ cameras: 2_000, vertices: 20_000 });
  const files = { 'regions.geojson': regions, 'cameras.csv': cameras };
  const first = await bring(files);
  const again = await bring(files);
  const points = directory.rows('polygons').reduce((sum, { rings }) => sum + (rings[0]?.length ?? 0), 0);
  expect([first.problems, first.rows.added, points, again.revision]).toEqual([[], 2_020, 20_000, null]);
});
