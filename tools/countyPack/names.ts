import type { Gazetteer, NamedPlace } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import { spellingOf } from '#platform/directory/index.ts';
import type { Demo, HeightField } from './heightField.ts';
import { distanceKm, type Km, type Plane } from './plane.ts';

/** A name on the map; peaks have a height. */
export type Label = NamedPlace & { readonly heightM?: number };

/** Names of what has a place of its own: regions, mountains, reservoirs. */
export function labelsOf({
  demo,
  plane,
  field,
  reservoirs,
}: {
  demo: Demo;
  plane: Plane;
  field: HeightField;
  reservoirs: readonly { at: LngLat; name: string; nameEn: string }[];
}): Label[] {
  const ranks = { county: 0, town: 1, village: 3 } as const;
  const regions = demo.regions.flatMap(({ id, level, name, nameEn, spelling, center }): Label[] =>
    level === 'grid'
      ? []
      : [
          {
            kind: level,
            name,
            nameEn,
            spelling,
            at: center,
            rank: level === 'village' && name.endsWith('社区') ? 4 : ranks[level],
            regionId: id,
          },
        ],
  );
  const named =
    (kind: 'peak' | 'reservoir', rank: number) =>
    ({ at, name, nameEn }: Pick<NamedPlace, 'at' | 'name' | 'nameEn'>): Label => ({
      ...{ kind, rank, at, name, nameEn },
      spelling: spellingOf(name),
      regionId: null,
    });
  const tops = peaksOf({ demo, plane, field }).map(({ heightM, ...place }) => ({ ...named('peak', 6)(place), heightM }));
  return [...regions, ...reservoirs.map(named('reservoir', 5)), ...tops];
}

/** The gazetteer: all labels, and roads and rivers at the middle of their line. */
export function gazetteerOf({ demo, labels }: { demo: Demo; labels: readonly Label[] }): Gazetteer {
  const lines = [
    ...demo.roads.map(({ name, nameEn, kind, lines }) => ({
      kind: 'road' as const,
      name,
      nameEn,
      line: lines[0] ?? [],
      rank: kind === 'village' ? 7 : 5,
    })),
    ...demo.rivers.map(({ name, nameEn, line }) => ({ kind: 'river' as const, name, nameEn, line, rank: 4 })),
  ];
  const places = lines.flatMap(({ line, ...named }): NamedPlace[] => {
    const at = line[Math.floor(line.length / 2)];
    return at === undefined ? [] : [{ ...named, spelling: spellingOf(named.name), at, regionId: null }];
  });
  return { version: 1, places: [...labels.map(({ heightM: _, ...place }) => place), ...places] };
}

// Invented, as everything of this county is.
const mountainNames: readonly (readonly [string, string])[] = [
  ['大雾山', 'Dawu Mountain'],
  ['鹰嘴岩', 'Eagle Beak Rock'],
  ['牛背梁子', 'Ox Back Ridge'],
  ['云台顶', 'Yuntai Summit'],
  ['望河峰', 'Wanghe Peak'],
  ['石笋尖', 'Stone Shoot Peak'],
  ['松风岭', 'Songfeng Ridge'],
  ['半月垭', 'Half Moon Pass'],
  ['青冈坪', 'Qinggang Heights'],
  ['落霞山', 'Sunset Mountain'],
  ['白岩寨', 'White Cliff Fort'],
  ['九道湾山', 'Nine Bends Mountain'],
];
const peaksApartKm = 6.5;

/** The highest tops within the county, far from each other. */
function peaksOf({
  demo,
  plane,
  field,
}: {
  demo: Demo;
  plane: Plane;
  field: HeightField;
}): { at: LngLat; heightM: number; name: string; nameEn: string }[] {
  const sites = demo.regions.filter(({ level }) => level === 'grid').map(({ center }) => plane.toKm(center));
  const tops = sites.map((site) => climbed(field, site)).toSorted((a, b) => b.heightM - a.heightM);
  const chosen: { at: Km; heightM: number }[] = [];
  for (const top of tops) {
    if (chosen.length < mountainNames.length && chosen.every(({ at }) => distanceKm(at, top.at) > peaksApartKm)) chosen.push(top);
  }
  return chosen.map(({ at, heightM }, index) => {
    const [name, nameEn] = mountainNames[index] ?? ['', ''];
    return { at: plane.toLngLat(at), heightM: Math.round(heightM), name, nameEn };
  });
}

/** Goes uphill from a place until there is no higher ground around. */
function climbed(field: HeightField, from: Km): { at: Km; heightM: number } {
  let [at, heightM] = [from, field.heightAt(from)];
  for (let step = 0; step < 60; step += 1) {
    const around = Array.from(
      { length: 8 },
      (_, index): Km => [at[0] + 0.12 * Math.cos((index * Math.PI) / 4), at[1] + 0.12 * Math.sin((index * Math.PI) / 4)],
    );
    const best = around.reduce((higher, point) => (field.heightAt(point) > field.heightAt(higher) ? point : higher));
    if (field.heightAt(best) <= heightM) break;
    [at, heightM] = [best, field.heightAt(best)];
  }
  return { at, heightM };
}
