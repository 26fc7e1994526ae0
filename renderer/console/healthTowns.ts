import type { Region } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import type { TerritoryTree } from '../directory/index.ts';

/** The towns of a territory, by their codes. */
export function townsOf(regions: Iterable<Region>): readonly Region[] {
  return [...regions].filter(({ level }) => level === 'town').toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

/** Whether a region lies in a town; `town` null = anywhere. */
export function isInTown({ parents }: TerritoryTree, { regionId, town }: { regionId: RegionId; town: string | null }): boolean {
  if (town === null || regionId === town) return true;
  const parent = parents.get(regionId);
  return parent !== undefined && isInTown({ roots: [], parents }, { regionId: parent, town });
}
