import type { Camera } from '#contract/cameras/index.ts';
import type { Region } from '#contract/directory/index.ts';
import type { CameraId, RegionId } from '#contract/values/index.ts';
import { pathTo, type TerritoryTree } from './tree.ts';

/** What a search looks through, with the words of each camera made ready once. */
export type SearchIndex = readonly SearchEntry[];

type SearchEntry = {
  readonly camera: Camera;
  readonly name: string;
  readonly nameEn: string;
  /** Chinese names, pinyin and initials of the regions it lies in. */
  readonly place: string;
};

/** Makes the index of a whole directory. */
export function buildSearchIndex({
  cameras,
  regions,
  tree,
}: {
  cameras: ReadonlyMap<CameraId, Camera>;
  regions: ReadonlyMap<RegionId, Region>;
  tree: TerritoryTree;
}): SearchIndex {
  return [...cameras.values()].map((camera) => ({
    camera,
    name: camera.name.toLowerCase(),
    nameEn: camera.nameEn.toLowerCase(),
    place: pathTo(tree, camera.regionId)
      .flatMap((id) => regions.get(id) ?? [])
      .map(({ name, nameEn, spelling }) => `${name} ${nameEn} ${spelling.pinyin} ${spelling.initials}`)
      .join(' ')
      .toLowerCase(),
  }));
}

/**
 * Finds cameras by number, name (Chinese or English), pinyin, initials or national id. Several words must all be found, each anywhere: in
 * the camera or in the regions it lies in ("songhe qiao"). Best first: number, then name, then spelling, then place; connected before not.
 */
export function searchCameras(index: SearchIndex, { query, limit }: { query: string; limit: number }): readonly Camera[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits = index.flatMap((entry) => {
    const ranks = words.map((word) => rankOf(entry, word));
    return ranks.includes(null) ? [] : [{ camera: entry.camera, rank: Math.min(...(ranks as number[])) + mean(ranks as number[]) }];
  });
  return hits
    .toSorted(
      (a, b) => a.rank - b.rank || b.camera.streams.length - a.camera.streams.length || (a.camera.number < b.camera.number ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ camera }) => camera);
}

// National ids are 20 digits; fewer than four are meant as a camera's own number.
const leastGbIdDigits = 4;

/** How well one word fits: smaller is better, null not at all. */
function rankOf({ camera, name, nameEn, place }: SearchEntry, word: string): number | null {
  const { number, gbId, spelling } = camera;
  const digits = number.replace(/^\D*0*/, '');
  if (number.toLowerCase() === word || digits === word) return 0;
  if (name === word || nameEn === word) return 1;
  if (number.toLowerCase().startsWith(word)) return 2;
  if (name.startsWith(word) || nameEn.startsWith(word)) return 3;
  if (name.includes(word) || nameEn.includes(word)) return 4;
  if (spelling.initials.startsWith(word) || spelling.pinyin.startsWith(word)) return 5;
  if (spelling.initials.includes(word) || spelling.pinyin.includes(word)) return 6;
  if (gbId !== null && word.length >= leastGbIdDigits && gbId.includes(word)) return 7;
  return place.includes(word) ? 8 : null;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
