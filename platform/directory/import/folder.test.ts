import { expect, test } from 'vitest';
import { Center } from '#contract/directory/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { exportFolder } from '../export/exportFolder.ts';
import { geojson, openEmptyCounty, square, told } from './testing/county.ts';
import { workbook } from './testing/archive.ts';

const regions = geojson([{ properties: { 名称: '城关镇', 级别: '镇', 区划代码: '610999100' }, coordinates: [square(108.6, 33.2)] }]);
const gbId = '34020000001320000001';
const camera = (index: number, rest: string) => `3402000000132000${String(index).padStart(4, '0')},点${index},城关镇,${rest}`;

test('every kind of row comes in, from CSV and from workbooks, and is found again by the next import', async () => {
  const { bring, directory } = await openEmptyCounty();
  const folder = {
    'regions.geojson': regions,
    'centers.xlsx': workbook([
      ['中心名称', '所属区域', '值班电话', '带班电话', '备用电话'],
      ['城关镇综治中心', '城关镇', '0915-1', '0915-2', ''],
    ]),
    'units.csv': '单位名称,电话\n县应急管理局,0915-3\n',
    'responders.csv': '工号,姓名,类别,所属网格\n001,张示例,网格员,城关镇\n',
    'cameras.xlsx': workbook([
      ['设备编码', '名称', '所属区域'],
      [gbId, '东门', '城关镇'],
    ]),
  };
  const first = await bring(folder);
  const again = await bring(folder);
  expect([first.problems, first.rows, first.revision, again.rows, again.revision]).toEqual([
    [],
    { read: 5, added: 5, changed: 0, unchanged: 0, refused: 0 },
    2,
    { read: 5, added: 0, changed: 0, unchanged: 5, refused: 0 },
    null,
  ]);
  const [center] = directory.rows('centers');
  expect([
    center?.id,
    center?.location,
    center?.dutyPhone,
    center?.leaderPhone,
    Object.hasOwn(Center.parse(center), 'backupPhone'),
  ]).toEqual([...['ce-rg-610999100', [108.65, 33.25], '0915-1', '0915-2'], false]);
  expect([directory.rows('units')[0]?.regionId, directory.rows('responders')]).toEqual([
    'county',
    [{ countyId: 'county', id: 'rs-001', index: 0, kind: 'gridWorker', name: '张示例', regionId: 'rg-610999100' }],
  ]);
});

test.each([
  ['centers.csv', '名称,所属区域\nA,火星\n', '所属区域', 'regionUnknown'],
  ['centers.csv', '名称,所属区域,电话\nA,城关镇,1.39E+10\n', '电话', 'spreadsheetFloat'],
  ['centers.csv', '名称,所属区域,经度,纬度\nA,城关镇,NaN,1\n', '经度', 'notANumber'],
  ['centers.csv', '名称,所属区域\nA,城关镇\nB,城关镇\n', null, 'repeated'],
  ['units.csv', '名称,电话\n,1\n', '名称', 'badValue'],
  ['responders.csv', '工号,姓名,所属区域\n,甲,城关镇\n', '工号', 'required'],
  ['responders.csv', '姓名,所属区域\n甲,城关镇\n', '编号', 'missingColumn'],
  ['cameras.csv', `设备编码,名称,所属区域\n${gbId},甲\u202E,城关镇\n`, '名称', 'badValue'],
])('%s with a bad value says which', async (name, text, ...problem) => {
  const { bring } = await openEmptyCounty();
  const report = await bring({ 'regions.geojson': regions, [name]: text });
  expect([told(report)[0], report.revision]).toEqual([[name, ...problem], null]);
});

const shifted = Array.from({ length: 10 }, (_, index) => camera(index, `108.702,${33.21 + index * 0.008}`));

test('a file that names no system is read in the one that fits, and its own pairs are kept', async () => {
  const { bring, directory, sourcesOf } = await openEmptyCounty();
  const report = await bring({ 'regions.geojson': regions, 'cameras.csv': ['设备编码,名称,所属区域,经度,纬度', ...shifted].join('\n') });
  const { files } = exportFolder({ directory, sourcesOf, request: { streams: 'without' } });
  const cameras = Buffer.from(files.find(({ name }) => name === 'cameras.csv')?.base64 ?? '', 'base64').toString('utf8');
  expect(report.notes.map(({ code, params }) => [code, params['best'], params['bestPercent'], params['claimedPercent']])).toEqual([
    ['directory.import.detectedCrs', 'GCJ02', 100, 0],
  ]);
  const location = directory.rows('cameras')[0]?.location;
  expect([location?.[0] !== 108.702, cameras.includes('108.702,33.21,GCJ02')]).toEqual([true, true]);
});

test('a declared system stands although the points contradict it, and that is said', async () => {
  const { bring, directory } = await openEmptyCounty();
  const rows = shifted.map((row) => `${row},WGS-84`);
  const report = await bring({
    'regions.geojson': regions,
    'cameras.csv': ['设备编码,名称,所属区域,经度,纬度,坐标系', ...rows].join('\n'),
  });
  expect([report.notes.map(({ code }) => code), directory.rows('cameras')[0]?.location]).toEqual([
    ['directory.import.believedCrs'],
    [108.702, 33.21],
  ]);
});

test('a dry run takes nothing over and guesses unknown headings from words and values', async () => {
  const { bring, directory } = await openEmptyCounty();
  const text = `ID,名称,所在镇,点位经度(度),X,备注\n${gbId},东门,城关镇,108.65,abc,\n`;
  const report = await bring({ 'regions.geojson': regions, 'cameras.csv': text }, 'none');
  const again = await bring(
    {
      'regions.geojson': regions,
      'cameras.csv': text,
      'mapping.json': JSON.stringify({ cameras: { ID: { field: 'gbId', why: 'x' }, 所在镇: 'region', X: null } }),
    },
    'all',
  );
  expect([report.revision, report.proposals.map(({ heading, field, why }) => [heading, field, why])]).toEqual([
    null,
    [
      ['ID', 'gbId', 'twentyDigits'],
      ['所在镇', 'region', 'regionNames'],
      ['点位经度(度)', 'longitude', 'heading'],
      ['X', null, 'nothing'],
    ],
  ]);
  expect([told(again), directory.rows('cameras').map((row) => row.gbId)]).toEqual([[], [gbId]]);
});

test.each([
  ['that is no JSON', '{', 'badMapping'],
  ['with an unknown field', '{"cameras":{"A":"constructor"}}', 'mappingField'],
  ['with an unknown kind', '{"people":{}}', 'badMapping'],
])('a mapping file %s is refused', async (_name, text, code) => {
  const { bring } = await openEmptyCounty();
  expect(told(await bring({ 'regions.geojson': regions, 'mapping.json': text })).map(([, , problem]) => problem)).toEqual([code]);
});

test('what an export wrote comes back the same, on the same platform and on an empty one, whatever the cells begin with', async () => {
  const one = await openEmptyCounty();
  const names = ['=1+1', '+8613', '-甲', '@乙', "'=丙", "''丁", '戊,"己"'];
  const cells = names.map(
    (name, index) => ['A', index].join('') + `,"${name.replaceAll('"', '""')}",城关镇,rtsp://10.0.0.${index}/a,108.65,33.25,GCJ02`,
  );
  // Written by hand: a single quote in front of a formula sign is a spreadsheet's own mark, so the file doubles it.
  const marked = cells.map((row) => row.replace(`"'=丙"`, `"''=丙"`).replace(`"''丁"`, `"'''丁"`));
  await one.bring({
    'regions.geojson': regions,
    'units.csv': '名称,电话\n@单位,+86 1\n',
    'cameras.csv': ['编号,名称,所属区域,主码流,经度,纬度,坐标系', ...marked].join('\n'),
  });
  expect(one.directory.rows('cameras').map(({ name }) => name)).toEqual(names);
  const exported = (county: typeof one) => exportFolder({ ...county, request: { streams: 'with' } }).files;
  const files = Object.fromEntries(exported(one).map(({ name, base64 }) => [name, Buffer.from(base64, 'base64')]));
  const lines = files['cameras.csv']?.toString('utf8').split('\r\n') ?? [];
  expect(lines.filter((line) => /(^|,)"?[=+\-@\t]/.test(line))).toEqual([]);
  const same = await one.bring(files);
  const two = await openEmptyCounty();
  await two.bring(files);
  expect([told(same), same.revision, exported(two)]).toEqual([[], null, exported(one)]);
  expect(two.directory.camera('no-A1' as CameraId)).toEqual(one.directory.camera('no-A1' as CameraId));
});

test('two files of the same kind are refused, unknown ones are named', async () => {
  const { bring } = await openEmptyCounty();
  const report = await bring({ 'units.csv': '名称\nA\n', 'units.xlsx': '', 'roads.csv': '' });
  expect([told(report), report.notes.map(({ file, code }) => [file, code])]).toEqual([
    [['units.xlsx', null, 'twoFiles']],
    [['roads.csv', 'directory.import.unknownFile']],
  ]);
});

test('outlines of a shifted system go out with the points that they came with', async () => {
  const county = await openEmptyCounty();
  const properties = { 名称: '城关镇', 级别: '镇', 区划代码: '610999100', 坐标系: 'GCJ-02', 中心: [108.61, 33.21] };
  await county.bring({ 'regions.geojson': geojson([{ properties, coordinates: [square(108.6, 33.2)] }]) });
  const [file] = exportFolder({ ...county, request: { streams: 'without' } }).files;
  const bytes = Buffer.from(file?.base64 ?? '', 'base64');
  const { features } = JSON.parse(bytes.toString('utf8')) as { features: { geometry: { coordinates: unknown } | null }[] };
  const again = await county.bring({ 'regions.geojson': bytes });
  expect([features[1]?.geometry?.coordinates, again.revision, told(again)]).toEqual([[square(108.6, 33.2)], null, []]);
  expect(county.directory.rows('polygons')[0]?.rings[0]?.[0]?.[0]).not.toBe(108.6);
});
