import { describe, expect, test } from 'vitest';
import { readHeadings } from './columns.ts';
import { readCoordinateSystem, readPair, toWgs84 } from './coordinates.ts';
import { lostZeros, readGbId, readNumber } from './identifiers.ts';

const verdict = (result: { ok: true; value: unknown } | { ok: false; refusal: { code: string } }) =>
  result.ok ? result.value : result.refusal.code.replace('directory.import.', '');

describe('identifiers', () => {
  test.each([
    ['34020000001320000001', '34020000001320000001'],
    ["'34020000001320000001", '34020000001320000001'],
    ['="34020000001320000001"', '34020000001320000001'],
    ['', null],
    ['3.4E+19', 'spreadsheetFloat'],
    ['3.40200000013E+19', 'spreadsheetFloat'],
    ['4020000001320000001', 'gbIdLength'],
    ['3402000000132000000A', 'gbIdNotDigits'],
  ])('national id %j is %j', (text, read) => {
    expect(verdict(readGbId(text))).toBe(read);
  });

  test('a short number keeps its zeros, and is refused when a spreadsheet has rewritten it', () => {
    expect(['0012', '="0012"', 'A-7', '1.2E+05', 'x'.repeat(17)].map((text) => verdict(readNumber(text)))).toEqual([
      ...['0012', '0012', 'A-7', 'spreadsheetFloat', 'tooLong'],
    ]);
  });

  test('zeros that were dropped in front are guessed, never put back silently', () => {
    const isKnown = (text: string) => text === '0012';
    expect(['12', '0012', '13', 'A'].map((text) => lostZeros({ text, isKnown }))).toEqual(['0012', null, null, null]);
  });
});

describe('coordinates', () => {
  test.each([
    ['108.7', '33.3', [108.7, 33.3]],
    ['', '', null],
    ['108.7', '', 'notANumber'],
    ['NaN', '33', 'notANumber'],
    ['108,7', '33,3', 'notANumber'],
    ['1e2', '33', 'notANumber'],
    ['0', '0', 'zeroCoordinates'],
    ['33.3', '108.7', 'swappedAxes'],
    ['190', '33', 'outOfRange'],
  ])('%j, %j is %j', (lng, lat, read) => {
    expect(verdict(readPair(lng, lat))).toEqual(read);
  });

  test('systems are known under the names that lists use', () => {
    const names = ['WGS84', 'wgs-84', 'EPSG:4326', 'CGCS2000', 'GCJ02', '高德坐标系', 'BD-09', '百度', '北京54'];
    expect(names.map(readCoordinateSystem)).toEqual([...['WGS84', 'WGS84', 'WGS84', 'WGS84', 'GCJ02', 'GCJ02', 'BD09', 'BD09'], null]);
  });

  test('a shifted system is put back by some hundred metres, one outside China is left alone', () => {
    const [lng, lat] = toWgs84([108.7, 33.3], 'GCJ02');
    const metres = Math.hypot((lng - 108.7) * 93_000, (lat - 33.3) * 111_000);
    expect([metres > 100 && metres < 1_000, toWgs84([2.35, 48.85], 'GCJ02'), toWgs84([108.7, 33.3], 'WGS84')]).toEqual([
      true,
      [2.35, 48.85],
      [108.7, 33.3],
    ]);
  });
});

describe('headings', () => {
  test('are known in Chinese and English, however they are written, and others are named', () => {
    const { places, unknown } = readHeadings({
      kind: 'cameras',
      headings: ['国标编码', ' Main_URL ', '经度（°）', '经度', 'sub url', '名称*', '备注', 'constructor', ''],
    });
    expect([[...places].map(([column, { index }]) => [column, index]), unknown.map(({ heading }) => heading)]).toEqual([
      [
        ['gbId', 0],
        ['mainUrl', 1],
        ['longitude', 3],
        ['subUrl', 4],
        ['name', 5],
      ],
      ['经度（°）', '备注', 'constructor'],
    ]);
  });
});
