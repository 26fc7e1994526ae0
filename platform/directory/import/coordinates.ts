import gcoordModule from 'gcoord';
import { granted, LngLat, type Result, refused } from '#contract/values/index.ts';

// Its types describe an ES module, what Node loads is a CommonJS one: the functions are on the default itself.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default;

/** Coordinate systems of the lists. CGCS2000 equals WGS-84 for display (field.md, "Coordinates"). */
export const coordinateSystems = ['WGS84', 'GCJ02', 'BD09'] as const;
export type CoordinateSystem = (typeof coordinateSystems)[number];

const spellings = new Map<string, CoordinateSystem>([
  ['wgs84', 'WGS84'],
  ['gps', 'WGS84'],
  ['cgcs2000', 'WGS84'],
  ['4326', 'WGS84'],
  ['4490', 'WGS84'],
  ['crs84', 'WGS84'],
  ['gcj02', 'GCJ02'],
  ['高德', 'GCJ02'],
  ['腾讯', 'GCJ02'],
  ['火星', 'GCJ02'],
  ['bd09', 'BD09'],
  ['百度', 'BD09'],
]);

/** Reads a coordinate system's name; null when it is none of them. */
export function readCoordinateSystem(text: string): CoordinateSystem | null {
  const plain = text.toLowerCase().replaceAll(/[\s_-]|坐标系?|epsg:?/g, '');
  return spellings.get(plain) ?? null;
}

/** Converts to WGS-84, 7 decimals (1 cm); identity outside China, where no shift is applied. */
export function toWgs84([lng, lat]: readonly [number, number], from: CoordinateSystem): LngLat {
  const [x, y] = from === 'WGS84' ? [lng, lat] : gcoord.transform([lng, lat], gcoord[from], gcoord.WGS84);
  return LngLat.parse([round(x), round(y)]);
}

function round(degrees: number | undefined): number {
  return Math.round((degrees ?? Number.NaN) * 1e7) / 1e7;
}

/** Reads one pair; both empty = no place. Codes name what is usually behind the damage. */
export function readPair(lngText: string, latText: string): Result<readonly [number, number] | null, string> {
  if (lngText === '' && latText === '') return granted(null);
  const pair = [decimal(lngText), decimal(latText)] as const;
  const [lng, lat] = pair;
  if (lng === null || lat === null) return refused('directory.import.notANumber');
  return readNumbers(lng, lat);
}

/** Checks a pair of degrees; codes name what is usually behind the damage. */
export function readNumbers(lng: number, lat: number): Result<readonly [number, number], string> {
  if (!Number.isFinite(lng) || !Number.isFinite(lat)) return refused('directory.import.notANumber');
  if (lng === 0 || lat === 0) return refused('directory.import.zeroCoordinates');
  // China lies between 73 and 136 east, 3 and 54 north: a latitude above 60 with a longitude below is the two exchanged.
  if (lat > 60 && lng < 60 && lng > 0) return refused('directory.import.swappedAxes');
  if (Math.abs(lng) > 180 || Math.abs(lat) > 90) return refused('directory.import.outOfRange');
  return granted([lng, lat]);
}

function decimal(text: string): number | null {
  return /^[+-]?\d{1,3}(\.\d{1,20})?$/.test(text) ? Number(text) : null;
}
