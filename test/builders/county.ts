import { pinyin } from 'pinyin-pro';
import type { Camera } from '#contract/cameras/index.ts';
import type { Region, RegionPolygon } from '#contract/directory/index.ts';
import type { CameraId, CountyId, RegionId } from '#contract/values/index.ts';

/** A small invented county for tests of windows: regions and cameras with the spellings that search needs. */
export type BuiltCounty = {
  readonly regions: readonly Region[];
  readonly cameras: readonly Camera[];
  /** Squares in rows; a region without one is not drawn. */
  readonly polygons?: readonly RegionPolygon[];
};

const countyId = 'anlan' as CountyId;
const towns = [
  ['城关镇', 'Chengguan'],
  ['松河镇', 'Songhe'],
  ['云岭镇', 'Yunling'],
  ['渡口镇', 'Dukou'],
  ['筒石镇', 'Tongshi'],
  ['梅坪镇', 'Meiping'],
  ['双溪镇', 'Shuangxi'],
  ['柳湾镇', 'Liuwan'],
] as const;
const villages = [
  ['沿河村', 'Yanhe'],
  ['东门社区', 'Dongmen'],
  ['石桥村', 'Shiqiao'],
  ['高坪村', 'Gaoping'],
  ['大湾村', 'Dawan'],
] as const;
const spots = [
  ['沿河路口', 'Riverside Road'],
  ['东门广场', 'East Gate Square'],
  ['大桥北头', 'Bridge North'],
  ['水文站', 'Hydrometric Station'],
  ['集镇街口', 'Market Street'],
  ['国道 210 东口', 'Highway 210 East'],
  ['第二小学门口', 'Second School Gate'],
  ['林场 2 号塔', 'Forest Tower 2'],
] as const;

function spellingOf(name: string): { pinyin: string; initials: string } {
  const letters = { toneType: 'none', type: 'array', nonZh: 'consecutive' } as const;
  return {
    pinyin: pinyin(name, letters).join('').replaceAll(' ', '').toLowerCase(),
    initials: pinyin(name, { ...letters, pattern: 'first' })
      .join('')
      .replaceAll(' ', '')
      .toLowerCase(),
  };
}

function region(fields: Pick<Region, 'level' | 'name' | 'nameEn'> & { id: string; parentId: string | null }): Region {
  const { id, parentId, ...rest } = fields;
  return {
    countyId,
    id: id as RegionId,
    parentId: parentId as RegionId | null,
    scheme: 'test',
    code: id,
    spelling: spellingOf(fields.name),
    center: [108, 30],
    ...rest,
  };
}

function camera({ index, regionId, isStreaming }: { index: number; regionId: RegionId; isStreaming: boolean }): Camera {
  const [name, nameEn] = spots[index % spots.length] ?? spots[0];
  const number = String(index + 1).padStart(4, '0');
  return {
    countyId,
    id: `al-${number}` as CameraId,
    number,
    gbId: `34020000001320${String(index + 1).padStart(6, '0')}`,
    name,
    nameEn,
    spelling: spellingOf(name),
    regionId,
    location: [108, 30],
    azimuthDeg: (index * 37) % 360,
    fieldOfViewDeg: 70,
    rangeM: 120,
    cameraClass: name.includes('小学') ? 'school' : 'ordinary',
    streams: isStreaming ? ['main', 'sub'] : [],
    maintainer: '电信 李工',
    maintainerPhone: '0000-5550199',
  };
}

/** Builds county, towns, villages, one grid each, and `cameraCount` cameras of which the first `streamingCount` have pictures. */
export function buildCounty({ cameraCount, streamingCount }: { cameraCount: number; streamingCount: number }): BuiltCounty {
  const regions: Region[] = [region({ level: 'county', id: 'anlan', parentId: null, name: '安澜县', nameEn: 'Anlan County' })];
  const grids: Region[] = [];
  for (const [townIndex, [townName, townNameEn]] of towns.entries()) {
    const townId = `t${townIndex}`;
    regions.push(region({ level: 'town', id: townId, parentId: 'anlan', name: townName, nameEn: townNameEn }));
    for (const [villageIndex, [name, nameEn]] of villages.entries()) {
      const villageId = `${townId}-v${villageIndex}`;
      regions.push(region({ level: 'village', id: villageId, parentId: townId, name, nameEn }));
      const grid = region({ level: 'grid', id: `${villageId}-g1`, parentId: villageId, name: '01网格', nameEn: 'Grid 01' });
      grids.push(grid);
    }
  }
  const cameras = Array.from({ length: cameraCount }, (_, index) =>
    camera({ index, regionId: (grids[index % grids.length] as Region).id, isStreaming: index < streamingCount }),
  );
  return { regions: [...regions, ...grids], cameras };
}

/** The same county laid out as a map: each grid a square of about 2 km, a camera at the middle of its grid. */
export function laidOut({ regions, cameras }: BuiltCounty): BuiltCounty {
  const grids = regions.filter(({ level }) => level === 'grid');
  const columns = Math.ceil(Math.sqrt(grids.length));
  const corners = new Map(
    grids.map(({ id }, index) => [id as string, [108 + (index % columns) * 0.02, 33 + Math.floor(index / columns) * 0.02] as const]),
  );
  const middleOf = (regionId: string): [number, number] | null => {
    const corner = corners.get(regionId);
    return corner === undefined ? null : [corner[0] + 0.01, corner[1] + 0.01];
  };
  const polygons = [...corners].map(([regionId, [west, south]]): RegionPolygon => {
    const [east, north] = [west + 0.02, south + 0.02];
    return {
      regionId: regionId as RegionId,
      rings: [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ],
    };
  });
  return { regions, polygons, cameras: cameras.map((camera) => ({ ...camera, location: middleOf(camera.regionId) })) };
}
