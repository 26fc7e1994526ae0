import type { Region } from '#contract/directory/index.ts';
import { granted, type RegionId, type Result, refused } from '#contract/values/index.ts';
import { lostZeros, withoutTextMark } from './identifiers.ts';

/** Finds a region by its id, its code or its name, in this order. A path of names (城关镇/东门社区) tells two of the same name apart. */
export function createRegionIndex(regions: readonly Region[]) {
  const byId = new Map<string, Region>(regions.map((region) => [region.id, region]));
  const byCode = new Map(regions.filter(({ code }) => code !== '').map((region) => [region.code, region]));
  const byName = Map.groupBy(
    regions.flatMap((region) => [...new Set([region.name, region.nameEn])].map((name) => ({ name, region }))),
    ({ name }) => name,
  );

  function pathHas(region: Region, names: readonly string[]): boolean {
    const above = new Set<string>();
    for (let at: Region | undefined = region; at !== undefined && !above.has(at.id); at = byId.get(at.parentId ?? '')) {
      above.add(at.id).add(at.name).add(at.nameEn);
    }
    return names.every((name) => above.has(name));
  }

  return function find(text: string): Result<RegionId, string> {
    const plain = withoutTextMark(text);
    const exact = byId.get(plain) ?? byCode.get(plain);
    if (exact !== undefined) return granted(exact.id);
    const names = plain.split(/[/／>]/).map((name) => name.trim());
    const last = names.at(-1) ?? '';
    const named = (byName.get(last) ?? []).map(({ region }) => region).filter((region) => pathHas(region, names));
    const [only, second] = named;
    if (only !== undefined && second === undefined) return granted(only.id);
    if (second !== undefined) return refused('directory.import.regionAmbiguous', { count: named.length });
    const likely = lostZeros({ text: plain, isKnown: (code) => byCode.has(code) });
    return likely === null ? refused('directory.import.regionUnknown') : refused('directory.import.leadingZeroLost', { likely });
  };
}

export type RegionIndex = ReturnType<typeof createRegionIndex>;
