import { expect, test } from 'vitest';
import type { Region } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import type { DirectoryCopy } from './directoryCopy.ts';
import { placeOfRegion } from './placeOfRegion.ts';
import { buildTree } from './tree.ts';

const levels = ['county', 'town', 'village', 'grid'] as const;
const regions = levels.map((level, at) => ({ id: level as string, level, parentId: levels[at - 1] ?? null }) as unknown as Region);
const copy: DirectoryCopy = {
  revision: 1,
  regions: new Map(regions.map((region) => [region.id, region])),
  cameras: new Map(),
  tree: buildTree({ regions, cameras: [] }),
};
const placeOf = (name: string) => placeOfRegion(copy, name as RegionId).map(({ id }) => id);

test('a place is said by town, village and grid; the county goes without saying, and what nobody knows has no place', () => {
  expect([placeOf('grid'), placeOf('town'), placeOf('county'), placeOf('nowhere')]).toEqual([
    ['town', 'village', 'grid'],
    ['town'],
    [],
    [],
  ]);
  expect(placeOfRegion(null, 'grid' as RegionId)).toEqual([]);
});
