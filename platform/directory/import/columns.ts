/** Tables that an import folder may hold; each is called so (`cameras.csv`, `centers.xlsx`). */
export const tableKinds = ['centers', 'units', 'responders', 'cameras'] as const;
export type TableKind = (typeof tableKinds)[number];

const place = {
  longitude: ['经度', 'longitude', 'lng', 'lon'],
  latitude: ['纬度', 'latitude', 'lat'],
  crs: ['坐标系', '坐标系统', 'crs'],
} as const;
const names = { name: ['名称', 'name'], nameEn: ['英文名称', 'nameEn', 'englishName'], id: ['平台编号', 'platformId'] } as const;
const region = ['所属区域', '区域', '所属网格', '所属村', '所属镇', '辖区', 'region'] as const;
const dutyPhone = ['值班电话', '联系电话', '电话', 'dutyPhone', 'phone'] as const;

/**
 * How headings are written in the lists that counties have, by kind and column; the first is the usual one. Compared without spaces,
 * underscores, dashes, brackets and case. docs/import.md shows this table.
 */
export const aliases = {
  cameras: {
    ...names,
    gbId: ['设备编码', '国标编码', '国标编号', '设备国标编码', 'gbId', 'deviceId'],
    number: ['编号', '摄像机编号', '点位编号', 'number', 'no'],
    name: ['名称', '摄像机名称', '设备名称', '点位名称', 'name'],
    ...place,
    mainUrl: ['主码流', '主码流地址', '视频地址', '取流地址', '拉流地址', '设备地址', '推流密钥', 'mainUrl', 'url', 'onvif'],
    subUrl: ['子码流', '辅码流', '子码流地址', '辅码流地址', 'subUrl'],
    transport: ['传输方式', '传输协议', 'transport'],
    region,
    azimuth: ['朝向', '方位角', 'azimuth'],
    fieldOfView: ['视场角', 'fieldOfView', 'fov'],
    range: ['可视距离', 'range'],
    unit: ['责任单位', 'unit', 'responsibleUnit'],
    cameraClass: ['敏感类别', 'cameraClass', 'class'],
    masks: ['遮挡区域', '隐私遮挡', 'masks', 'privacyMask'],
    maintainer: ['维护单位', '运维单位', 'maintainer'],
    maintainerPhone: ['维护电话', '运维电话', 'maintainerPhone'],
  },
  centers: {
    ...names,
    name: ['名称', '中心名称', '综治中心', 'name'],
    region,
    ...place,
    dutyPhone,
    leaderPhone: ['带班电话', '领导电话', '带班领导电话', 'leaderPhone'],
    backupPhone: ['备用电话', '备勤电话', 'backupPhone'],
  },
  units: { ...names, name: ['名称', '单位名称', '单位', 'name'], region, dutyPhone },
  responders: {
    ...names,
    number: ['编号', '人员编号', '工号', 'number', 'no'],
    name: ['姓名', '名称', '车牌', 'name'],
    responderKind: ['类别', '类型', '人员类别', 'kind'],
    region,
  },
} as const satisfies { readonly [Kind in TableKind]: Readonly<Record<string, readonly string[]>> };

/** A column of some kind of table. */
export type ColumnOf<Kind extends TableKind> = keyof (typeof aliases)[Kind] & string;
export type CameraColumn = ColumnOf<'cameras'>;

/** Columns that a table cannot do without; of several in one entry, one must be there. */
export const requiredColumns: { readonly [Kind in TableKind]: readonly (readonly ColumnOf<Kind>[])[] } = {
  cameras: [['name'], ['region'], ['gbId', 'number', 'id']],
  centers: [['name'], ['region']],
  units: [['name']],
  responders: [['name'], ['region'], ['number', 'id']],
};

/** The first heading of each kind, as people would write it. */
export function usualHeading(kind: TableKind, column: string): string {
  return aliasesOf(kind).get(column)?.[0] ?? column;
}

/** The aliases of a kind's columns. */
export function aliasesOf(kind: TableKind): ReadonlyMap<string, readonly string[]> {
  return new Map<string, readonly string[]>(Object.entries(aliases[kind]));
}

/** What a folder's mapping file says about headings: a column, or null for one to be passed over. */
export type HeadingMap = ReadonlyMap<string, string | null>;

/** Which column of the file holds what. `unknown` headings are named, never guessed; a heading that comes twice counts once. */
export function readHeadings({
  kind,
  headings,
  mapping = new Map(),
}: {
  kind: TableKind;
  headings: readonly string[];
  mapping?: HeadingMap;
}): {
  readonly places: ReadonlyMap<string, { readonly index: number; readonly heading: string }>;
  readonly unknown: readonly { readonly index: number; readonly heading: string }[];
} {
  const known = new Map([...aliasesOf(kind)].flatMap(([column, words]) => words.map((word) => [plainHeading(word), column] as const)));
  const mapped = new Map([...mapping].map(([heading, column]) => [plainHeading(heading), column]));
  const places = new Map<string, { index: number; heading: string }>();
  const unknown: { index: number; heading: string }[] = [];
  for (const [index, raw] of headings.entries()) {
    const heading = raw.trim();
    const said = mapped.get(plainHeading(heading));
    const column = said === undefined ? known.get(plainHeading(heading)) : said;
    if (column === null || heading === '') continue;
    if (column === undefined || places.has(column)) unknown.push({ index, heading });
    else places.set(column, { index, heading });
  }
  return { places, unknown };
}

/** A heading without what people add to it. */
export function plainHeading(heading: string): string {
  return heading.toLowerCase().replaceAll(/[\s_\-()（）[\]【】*]/g, '');
}
