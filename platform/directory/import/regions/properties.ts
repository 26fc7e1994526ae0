import { RegionLevel } from '#contract/directory/index.ts';
import { plainHeading } from '../columns.ts';

/** What a region's properties may be called; the first is the usual one. */
export const regionAliases = {
  id: ['平台编号', 'platformId'],
  name: ['名称', 'name'],
  nameEn: ['英文名称', 'nameEn', 'englishName'],
  level: ['级别', '层级', 'level'],
  code: ['区划代码', '行政区划代码', '网格编码', '代码', 'code', 'adcode'],
  parent: ['上级代码', '上级区划代码', '上级', 'parentCode', 'parent'],
  scheme: ['编码体系', '代码体系', 'scheme'],
  crs: ['坐标系', 'crs'],
  center: ['中心', 'center'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type RegionProperty = keyof typeof regionAliases;

const properties = Object.keys(regionAliases) as readonly RegionProperty[];
const propertyOf = new Map(
  properties.flatMap((property) => regionAliases[property].map((alias) => [plainHeading(alias), property] as const)),
);

/** Properties by their meaning, with the name that the file gave them. The first of two that mean the same counts. */
export function readProperties(raw: object): ReadonlyMap<RegionProperty, { readonly heading: string; readonly value: unknown }> {
  const read = new Map<RegionProperty, { heading: string; value: unknown }>();
  for (const [heading, value] of Object.entries(raw)) {
    const property = propertyOf.get(plainHeading(heading));
    if (property !== undefined && !read.has(property)) read.set(property, { heading, value });
  }
  return read;
}

const levelWords = new Map<string, RegionLevel>([
  ...(['县', '区', '市', '旗', '县级', '区县', '县区'] as const).map((word) => [word, 'county'] as const),
  ...(['镇', '乡', '街道', '镇级', '乡镇', '乡级', '镇街', 'township'] as const).map((word) => [word, 'town'] as const),
  ...(['村', '社区', '村级', '村社区', '村居', 'community'] as const).map((word) => [word, 'village'] as const),
  ...(['网格', '网格级'] as const).map((word) => [word, 'grid'] as const),
]);

/** Reads a level's name; null when it is none of the four. */
export function readLevel(text: string): RegionLevel | null {
  const parsed = RegionLevel.safeParse(text.toLowerCase());
  return parsed.success ? parsed.data : (levelWords.get(text.replaceAll(/[\s()（）/、]/g, '')) ?? null);
}
