/** What a camera list can tell. Only `name`, `region` and one of `gbId` and `number` must be there. */
export const cameraColumns = [
  'gbId',
  'number',
  'name',
  'nameEn',
  'longitude',
  'latitude',
  'crs',
  'mainUrl',
  'subUrl',
  'transport',
  'region',
  'azimuth',
  'fieldOfView',
  'range',
  'cameraClass',
  'maintainer',
  'maintainerPhone',
] as const;
export type CameraColumn = (typeof cameraColumns)[number];

/** How headings are written in the lists that counties have. Compared without spaces, underscores, dashes, brackets and case. */
const aliases: { readonly [Column in CameraColumn]: readonly string[] } = {
  gbId: ['设备编码', '国标编码', '国标编号', '设备国标编码', 'gbId', 'deviceId'],
  number: ['编号', '摄像机编号', '点位编号', 'number', 'no'],
  name: ['名称', '摄像机名称', '设备名称', '点位名称', 'name'],
  nameEn: ['英文名称', 'nameEn', 'englishName'],
  longitude: ['经度', 'longitude', 'lng', 'lon'],
  latitude: ['纬度', 'latitude', 'lat'],
  crs: ['坐标系', '坐标系统', 'crs'],
  mainUrl: ['主码流', '主码流地址', 'mainUrl', 'url'],
  subUrl: ['子码流', '辅码流', '子码流地址', 'subUrl'],
  transport: ['传输方式', '传输协议', 'transport'],
  region: ['所属区域', '区域', '所属网格', '所属村', 'region'],
  azimuth: ['朝向', '方位角', 'azimuth'],
  fieldOfView: ['视场角', 'fieldOfView', 'fov'],
  range: ['可视距离', 'range'],
  cameraClass: ['敏感类别', 'cameraClass', 'class'],
  maintainer: ['维护单位', '运维单位', 'maintainer'],
  maintainerPhone: ['维护电话', '运维电话', 'maintainerPhone'],
};

const columnOf = new Map(cameraColumns.flatMap((column) => aliases[column].map((alias) => [plain(alias), column] as const)));

/** The first heading of each kind, as people would write it. */
export function usualHeading(column: CameraColumn): string {
  return aliases[column][0] ?? column;
}

/** Which column of the file holds what. `unknown` headings are named, never guessed; a heading that comes twice counts once. */
export function readHeadings(headings: readonly string[]): {
  readonly places: ReadonlyMap<CameraColumn, { readonly index: number; readonly heading: string }>;
  readonly unknown: readonly string[];
} {
  const places = new Map<CameraColumn, { index: number; heading: string }>();
  const unknown: string[] = [];
  for (const [index, raw] of headings.entries()) {
    const heading = raw.trim();
    const column = columnOf.get(plain(heading));
    if (column === undefined || places.has(column)) {
      if (heading !== '') unknown.push(heading);
    } else places.set(column, { index, heading });
  }
  return { places, unknown };
}

function plain(heading: string): string {
  return heading.toLowerCase().replaceAll(/[\s_\-()（）[\]【】*]/g, '');
}
