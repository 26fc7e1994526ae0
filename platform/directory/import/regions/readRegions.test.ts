import { expect, test } from 'vitest';
import { geojson, openEmptyCounty, square, told } from '../testing/county.ts';
import { isEnclosed, selfCrossing } from '#contract/map/index.ts';
import { pointInside } from './geometry.ts';

const town = { 名称: '城关镇', 级别: '镇', 区划代码: '610999100' };
const file = (coordinates: unknown, type = 'Polygon') => ({ 'regions.geojson': geojson([{ properties: town, coordinates, type }]) });

test('a county comes out of nothing: levels by their words, parents by code, the county itself is the one that was there', async () => {
  const { bring, directory } = await openEmptyCounty();
  const report = await bring({
    'regions.geojson': geojson([
      {
        properties: { 名称: '东门社区', 级别: '社区', 区划代码: '610999100001', 上级代码: '610999100' },
        coordinates: [square(108.6, 33.2, 0.01)],
      },
      { properties: { name: 'Songhe', level: 'town', code: 610999101, 'parent code': 610999 }, coordinates: [square(108.7, 33.2)] },
      { properties: town, coordinates: [square(108.6, 33.2)] },
      { properties: { 名称: '云溪县', 级别: '县', 区划代码: '610999' }, coordinates: [square(108.6, 33.2, 0.3)] },
    ]),
  });
  expect([report.problems, report.kinds]).toEqual([[], [{ kind: 'regions', read: 4, added: 3, changed: 1, unchanged: 0, refused: 0 }]]);
  expect(directory.rows('regions').map(({ id, parentId, name, center }) => [id, parentId, name, center])).toEqual([
    ['county', null, '云溪县', [108.75, 33.35]],
    ['rg-610999101', 'county', 'Songhe', [108.75, 33.25]],
    ['rg-610999100', 'county', '城关镇', [108.65, 33.25]],
    ['rg-610999100001', 'rg-610999100', '东门社区', [108.605, 33.205]],
  ]);
});

test('outer rings run counter-clockwise, holes clockwise, and an open ring is closed with a note', async () => {
  const { bring, directory } = await openEmptyCounty();
  const report = await bring(file([square(108.6, 33.2).toReversed(), square(108.62, 33.22, 0.02).slice(0, 4)]));
  const [{ rings } = { rings: [] }] = directory.rows('polygons');
  expect([told(report), report.notes.map(({ code }) => code)]).toEqual([[], ['directory.import.ringClosed']]);
  expect([rings[0]?.[1], rings[1]?.length, isEnclosed(rings, [108.63, 33.23]), isEnclosed(rings, [108.61, 33.21])]).toEqual([
    [108.7, 33.2],
    5,
    false,
    true,
  ]);
});

const bowTie = [
  [108.6, 33.2],
  [108.7, 33.3],
  [108.7, 33.2],
  [108.6, 33.3],
  [108.6, 33.2],
];
test.each([
  ['crosses itself', [bowTie], 'selfCrossing', { at: '108.65, 33.25' }],
  ['has its axes exchanged', [square(33.2, 108.6).map(([x, y]) => [x, y])], 'swappedAxes', { at: '33.2, 108.6' }],
  ['lies outside China', [square(2.3, 48.8)], 'outsideChina', { at: '2.3, 48.8' }],
  [
    'crosses the 180th meridian',
    [
      [
        [179.9, 33],
        [-179.9, 33],
        [-179.9, 34],
        [179.9, 33],
      ],
    ],
    'antimeridian',
    { at: '-179.9, 33' },
  ],
  ['has a hole outside', [square(108.6, 33.2), square(109, 34)], 'holeOutside', { at: '109, 34' }],
  [
    'has two points',
    [
      [
        [108, 33],
        [109, 33],
        [108, 33],
      ],
    ],
    'ringTooShort',
    {},
  ],
  ['holds a zero', [[[0, 0], ...square(108.6, 33.2)]], 'zeroCoordinates', { at: '0, 0' }],
  ['holds no numbers', [[['108.6', '33.2'], ...square(108.6, 33.2)]], 'badPoint', { point: 1, at: '["108.6","33.2"]' }],
  ['is no list', 'x', 'notAnOutline', {}],
])('an outline that %s is refused with its place', async (_name, ...row) => {
  const [coordinates, code, params] = row as unknown as [unknown, string, object];
  const { bring, directory } = await openEmptyCounty();
  const report = await bring(file(coordinates));
  expect(report.problems.map((problem) => [problem.line, problem.column, problem.code, problem.params])).toEqual([
    [5, 'features[0].geometry', `directory.import.${code}`, params],
  ]);
  expect(directory.revision()).toBe(1);
});

test.each([
  ['no name', { ...town, 名称: '' }, 'properties.名称', 'required'],
  ['an unknown level', { ...town, 级别: '大队' }, 'properties.级别', 'unknownLevel'],
  ['a code that a spreadsheet rewrote', { ...town, 区划代码: '6.10999E+11' }, 'properties.区划代码', 'spreadsheetFloat'],
  ['no code', { ...town, 区划代码: '' }, 'properties.区划代码', 'noCode'],
  ['an unknown parent', { ...town, 上级代码: '999' }, 'properties.上级代码', 'parentUnknown'],
  ['a village without a parent', { ...town, 级别: '村' }, 'properties.上级代码', 'noParent'],
  ['itself as its parent', { ...town, 级别: '村', 上级代码: '610999100' }, 'properties.上级代码', 'parentTooNarrow'],
  ['a name with a direction override', { ...town, 名称: '城\u202E关' }, 'name', 'badValue'],
])('a region with %s is refused', async (_name, ...row) => {
  const [properties, column, code] = row as unknown as [object, string, string];
  const { bring } = await openEmptyCounty();
  const report = await bring({ 'regions.geojson': geojson([{ properties, coordinates: [square(108.6, 33.2)] }]) });
  expect(told(report)).toEqual([['regions.geojson', `features[0].${column}`, code]]);
});

test.each([
  ['NaN in it', '{"type":"FeatureCollection","features":[{"a":NaN}]}', 'brokenJson'],
  ['half of it', '{"type":"FeatureCollection",', 'brokenJson'],
  ['one feature only', '{"type":"Feature"}', 'noFeatures'],
])('a region file with %s is refused', async (_name, text, code) => {
  const { bring } = await openEmptyCounty();
  expect(told(await bring({ 'regions.geojson': text }))).toEqual([['regions.geojson', null, code]]);
});

test('what lies in a refused region is not taken either, the others are with --partial', async () => {
  const { bring, directory } = await openEmptyCounty();
  const village = { 名称: '东门社区', 级别: '村', 区划代码: '610999100001', 上级代码: '610999100' };
  const other = { 名称: '松河镇', 级别: '镇', 区划代码: '610999101' };
  const features = [
    { properties: town, coordinates: [bowTie] },
    { properties: village, coordinates: [square(108.6, 33.2)] },
    { properties: other, coordinates: [square(108.7, 33.2)] },
  ];
  const report = await bring({ 'regions.geojson': geojson(features) }, 'partial');
  expect([report.rows.refused, directory.rows('regions').map(({ name }) => name)]).toEqual([2, ['本县', '松河镇']]);
});

test('a ring of many points is found whole, and one crossing in it is found', () => {
  const circle = Array.from({ length: 20_000 }, (_, index): [number, number] => {
    const angle = (index / 20_000) * 2 * Math.PI;
    return [108 + Math.cos(angle), 33 + Math.sin(angle)];
  });
  const whole = [...circle, circle[0]!];
  const broken = whole.with(500, [106, 33]);
  expect([selfCrossing(whole), selfCrossing(broken) === null]).toEqual([null, false]);
});

test('the point of a horseshoe lies in it', () => {
  const horseshoe: [number, number][] = [
    [0, 0],
    [9, 0],
    [9, 9],
    [8, 9],
    [8, 1],
    [1, 1],
    [1, 9],
    [0, 9],
    [0, 0],
  ];
  expect(isEnclosed([horseshoe], pointInside([horseshoe]))).toBe(true);
});
