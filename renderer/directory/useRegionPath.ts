import type { RegionId } from '#contract/values/index.ts';
import { useTexts } from '../language/index.ts';
import type { DirectoryCopy } from './directoryCopy.ts';
import { pathTo } from './tree.ts';

/** Names of the regions a thing lies in, widest first, in the language that is shown. */
export function useRegionPath(): (copy: DirectoryCopy | null, regionId: RegionId) => readonly string[] {
  const { nameOf } = useTexts();
  return (copy, regionId) =>
    copy === null
      ? []
      : pathTo(copy.tree, regionId).flatMap((id) => {
          const region = copy.regions.get(id);
          return region === undefined ? [] : [nameOf(region)];
        });
}
