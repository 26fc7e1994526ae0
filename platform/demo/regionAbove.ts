import type { RegionLevel } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import type { Directory } from '../directory/index.ts';

/** The region of a level that another one lies in, or is; null where there is none. */
export function regionAbove(
  directory: Pick<Directory, 'regionPath' | 'region'>,
  { regionId, level }: { regionId: RegionId; level: RegionLevel },
): RegionId | null {
  return directory.regionPath(regionId).find((id) => directory.region(id)?.level === level) ?? null;
}
