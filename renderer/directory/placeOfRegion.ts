import type { Region } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import type { DirectoryCopy } from './directoryCopy.ts';
import { pathTo } from './tree.ts';

/** The regions by which people say where something is, widest first; the county itself goes without saying. None where the directory does not know it. */
export function placeOfRegion(copy: DirectoryCopy | null, regionId: RegionId): readonly Region[] {
  if (copy === null) return [];
  return pathTo(copy.tree, regionId).flatMap((id) => {
    const region = copy.regions.get(id);
    return region === undefined || region.level === 'county' ? [] : [region];
  });
}
