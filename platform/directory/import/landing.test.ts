import { expect, test } from 'vitest';
import { groundDistanceM } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import { geojson, openEmptyCounty, square } from './testing/county.ts';

/** A corner of a house in the pack's own coordinates: there each of these cameras hangs. */
const house: LngLat = [108.652_31, 33.247_86];

type Pair = readonly [number, number];

/** GCJ-02 as it was published by those who measured it (eviltransform): not by the library that the importer uses. */
function toGcj02([lng, lat]: Pair): Pair {
  const [x, y] = [lng - 105, lat - 35];
  const wave = (value: number, one: number, two: number) => 20 * Math.sin(value * one * Math.PI) + two * Math.sin((value / 3) * Math.PI);
  const shared = 20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI);
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    ((shared + wave(y, 1, 40)) * 2) / 3 +
    ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3;
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    ((shared + wave(x, 1, 40)) * 2) / 3 +
    ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3;
  const [radius, eccentricity] = [6_378_245, 0.006_693_421_622_965_943];
  const phi = (lat / 180) * Math.PI;
  const magic = 1 - eccentricity * Math.sin(phi) ** 2;
  return [
    lng + (east * 180) / ((radius / Math.sqrt(magic)) * Math.cos(phi) * Math.PI),
    lat + (north * 180) / (((radius * (1 - eccentricity)) / (magic * Math.sqrt(magic))) * Math.PI),
  ];
}

/** BD-09 of a GCJ-02 pair. */
function toBd09([lng, lat]: Pair): Pair {
  const turn = (Math.PI * 3000) / 180;
  const length = Math.hypot(lng, lat) + 0.000_02 * Math.sin(lat * turn);
  const angle = Math.atan2(lat, lng) + 0.000_003 * Math.cos(lng * turn);
  return [length * Math.cos(angle) + 0.0065, length * Math.sin(angle) + 0.006];
}

const pairs = { WGS84: house, CGCS2000: house, GCJ02: toGcj02(house), BD09: toBd09(toGcj02(house)) } as const;

/** Pixels of a map at the zoom at which a house is looked at (Web Mercator, tiles of 512). */
function pixelOf([lng, lat]: LngLat): Pair {
  const world = 512 * 2 ** 18;
  return [((lng + 180) / 360) * world, ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * world];
}

const apartPx = (a: LngLat, b: LngLat) => Math.hypot(pixelOf(a)[0] - pixelOf(b)[0], pixelOf(a)[1] - pixelOf(b)[1]);

async function landed(declared: (system: keyof typeof pairs) => string) {
  const { bring, directory } = await openEmptyCounty();
  const town = { properties: { 名称: '城关镇', 级别: '镇', 区划代码: '610999100' }, coordinates: [square(108.6, 33.2)] };
  const rows = (Object.keys(pairs) as (keyof typeof pairs)[]).map((system, index) => {
    const [lng, lat] = pairs[system];
    return `3402000000132000000${index},${system},城关镇,${lng.toFixed(8)},${lat.toFixed(8)},${declared(system)}`;
  });
  const text = ['设备编码,名称,所属区域,经度,纬度,坐标系', ...rows].join('\n');
  const report = await bring({ 'regions.geojson': geojson([town]), 'cameras.csv': text });
  expect(report.problems).toEqual([]);
  return new Map(directory.rows('cameras').map(({ name, location }) => [name, location as LngLat]));
}

test('a camera on a house stands on that house of the map, in whichever declared coordinates its list is', async () => {
  const places = await landed((system) => system);
  const off = [...places].map(([system, place]) => [system, groundDistanceM(house, place) < 0.1, apartPx(house, place) < 1]);
  expect(off).toEqual(Object.keys(pairs).map((system) => [system, true, true]));
});

test('the same list with its coordinates declared wrongly stands hundreds of metres beside it: that is what declaring is for', async () => {
  const places = await landed(() => 'WGS84');
  const metres = (system: keyof typeof pairs) => groundDistanceM(house, places.get(system) ?? house);
  expect([metres('CGCS2000'), metres('GCJ02') > 300, metres('BD09') > 600, metres('BD09') < 2_000]).toEqual([0, true, true, true]);
  expect(apartPx(house, places.get('GCJ02') ?? house)).toBeGreaterThan(500);
});

test('an outline in shifted coordinates lies on the same land too, the camera in it', async () => {
  const { bring, directory } = await openEmptyCounty();
  const ring = square(108.6, 33.2);
  const town = { properties: { 名称: '城关镇', 级别: '镇', 区划代码: '610999100', 坐标系: 'GCJ-02' }, coordinates: [ring.map(toGcj02)] };
  await bring({ 'regions.geojson': geojson([town]) });
  const [corner] = directory.rows('polygons')[0]?.rings[0] ?? [];
  const nearest = Math.min(...ring.map((at) => groundDistanceM(at, corner ?? [0, 0])));
  expect([nearest < 0.1, Math.min(...ring.map((at) => groundDistanceM(toGcj02(at) as LngLat, corner ?? [0, 0]))) > 300]).toEqual([
    true,
    true,
  ]);
});
