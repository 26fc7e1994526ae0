import type { Region } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';

/** Regions by name in the language that is shown; one that the directory no longer has is shown by its id. */
export function regionNames({ regions, language }: { regions: readonly Region[]; language: string }): (id: RegionId) => string {
  const byId = new Map(regions.map((region) => [region.id, region]));
  return (id) => {
    const region = byId.get(id);
    if (region === undefined) return id;
    return language === 'en' && region.nameEn !== '' ? region.nameEn : region.name;
  };
}

/** Regions by the one above them, without grids: rights are given to villages and larger. */
export function childrenByParent(regions: readonly Region[]): ReadonlyMap<RegionId | null, readonly Region[]> {
  const children = new Map<RegionId | null, Region[]>();
  for (const region of regions) {
    if (region.level === 'grid') continue;
    const beside = children.get(region.parentId);
    if (beside === undefined) children.set(region.parentId, [region]);
    else beside.push(region);
  }
  return children;
}
