import type { Region, RegionLevel } from '#contract/directory/index.ts';
import type { Label } from './engine/index.ts';

const ranks: { readonly [Level in RegionLevel]: number } = { county: 0, town: 1, village: 2, grid: 3 };

/**
 * Names of regions that the land's own picture does not carry: with a pack those of the grids alone, once they are the level that is drawn;
 * without one towns and villages too.
 */
export function regionLabels({
  regions,
  hasPack,
  level,
  language,
}: {
  regions: Iterable<Pick<Region, 'level' | 'name' | 'nameEn' | 'center'>>;
  hasPack: boolean;
  level: RegionLevel | null;
  language: 'zh' | 'en';
}): readonly Label[] {
  if (hasPack) return [];
  const finest = level === null ? ranks.town : ranks[level];
  return [...regions].flatMap((region) => {
    const rank = ranks[region.level];
    if (region.level === 'county' || region.level === 'grid' || rank > Math.max(finest, ranks.town)) return [];
    const text = language === 'en' && region.nameEn !== '' ? region.nameEn : region.name;
    return [{ place: [region.center[0], region.center[1]] as const, text, rank, kind: 'region' as const }];
  });
}
