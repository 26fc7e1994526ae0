import { expect, test } from 'vitest';
import { Camera } from '#contract/cameras/index.ts';
import { ImportReport, Region, RegionPolygon } from '#contract/directory/index.ts';
import { nowhere } from '#contract/catalogue/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { granted, refused } from '#contract/values/index.ts';
import type { CameraId, CountyId } from '#contract/values/index.ts';
import { createMemoryStore, openFeeds, openWriter, type SourceRow } from '../../record/index.ts';
import { createHandPorts } from '../../record/testing/handPorts.ts';
import { openDirectory, type TypedRow } from '../directory.ts';
import { takeOver } from '../takeOver.ts';
import { toWgs84 } from './coordinates.ts';
import { importFolder } from './importFolder.ts';

const countyId = 'al' as CountyId;
const actor = 'person/p1' as Actor;
const spelling = { pinyin: '', initials: '' };
const gbId = '34020000001320000001';

function region(id: string, name: string, parentId: string | null): TypedRow {
  const row = {
    countyId,
    id,
    level: 'town',
    parentId,
    scheme: 's',
    code: `0${id.length}${id.length}`,
    name,
    nameEn: id,
    spelling,
    center: [108, 33],
  };
  return { kind: 'regions', row: Region.parse(row) };
}

const known = Camera.parse({
  ...{ countyId, id: 'al-0001', number: '0001', gbId: null, name: '老摄像机', nameEn: 'Old camera', spelling, regionId: 'chengguan' },
  ...{ location: [108, 33], azimuthDeg: 90, fieldOfViewDeg: null, rangeM: null, cameraClass: 'school', streams: ['main', 'sub'] },
  ...{ maintainer: '电信', maintainerPhone: '0915-1' },
});
const square = RegionPolygon.parse({
  regionId: 'chengguan',
  rings: [
    [
      [108.6, 33.2],
      [108.8, 33.2],
      [108.8, 33.4],
      [108.6, 33.4],
      [108.6, 33.2],
    ],
  ],
});

async function open() {
  const store = createMemoryStore({ epoch: 'e1' });
  const hand = createHandPorts();
  const directory = await openDirectory(store);
  const feeds = await openFeeds(store);
  const writer = await openWriter({ store, feeds, places: directory, countyId, clock: hand.clock, log: hand.log });
  let sources: readonly SourceRow[] = [];
  const ports = {
    directory,
    countyId,
    writer,
    checkUrl: (url: string) => (url.startsWith('rtsp://') ? granted(url) : refused('cameras.urlScheme')),
    sourcesOf: (cameraId: CameraId) => sources.filter((source) => source.cameraId === cameraId),
    onApplied: () => {},
  };
  const rows: TypedRow[] = [
    region('al', '安澜县', null),
    region('chengguan', '城关镇', 'al'),
    region('dongmen', '东门社区', 'chengguan'),
    region('songhe', '松河镇', 'al'),
    region('dongmen-2', '东门社区', 'songhe'),
    { kind: 'polygons', row: square },
    { kind: 'cameras', row: known },
  ];
  await takeOver({ ...ports, actor, revision: { rows, sources: [], sourcesOf: [] } });
  async function importText(text: string | Uint8Array, take: 'all' | 'partial' = 'all'): Promise<ImportReport> {
    const files = [{ name: 'cameras.csv', read: () => Buffer.from(text) }];
    const outcome = await importFolder(ports, { request: { files, take }, actor });
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    sources = await store.readSources();
    return ImportReport.parse(outcome.value);
  }
  return { store, directory, feeds, importText };
}

const told = (report: ImportReport) =>
  report.problems.map(({ line, column, value, code }) => [line, column, value, code.replace('directory.import.', '')]);

test('a list becomes cameras with stable ids, spellings, places in WGS-84 and sources that stay inside', async () => {
  const { importText, directory, store } = await open();
  const report = await importText(
    `国标编码,编号,名称,经度,纬度,坐标系,主码流,子码流,所属区域\n${gbId},0101,"东门,路口",108.7,33.3,GCJ02,rtsp://u:p@10.0.0.1/a,rtsp://10.0.0.1/b,城关镇/东门社区\n`,
  );
  const camera = directory.camera(`gb-${gbId}` as CameraId);
  expect(report).toMatchObject({ revision: 2, rows: { read: 1, added: 1, changed: 0, unchanged: 0, refused: 0 }, problemCount: 0 });
  expect(camera).toMatchObject({ number: '0101', name: '东门,路口', regionId: 'dongmen', streams: ['main', 'sub'], gbId });
  expect([camera?.spelling.initials, camera?.location]).toEqual(['dm,lk', toWgs84([108.7, 33.3], 'GCJ02')]);
  expect([JSON.stringify(camera).includes('rtsp'), (await store.readSources()).map(({ url }) => url)]).toEqual([
    false,
    ['rtsp://u:p@10.0.0.1/a', 'rtsp://10.0.0.1/b'],
  ]);
});

test('the same list again changes nothing, and one fact was told of the first', async () => {
  const { importText, store } = await open();
  const list = `gbId,name,region,main_url\n${gbId},A,城关镇,rtsp://10.0.0.1/a\n`;
  await importText(list);
  const again = await importText(list);
  const facts = await store.readFacts({ feed: 'county/al' as never, epoch: 'e1', afterSeq: 0, limit: 9 });
  expect([
    again.revision,
    again.rows,
    facts.map(({ fact }) => [fact.type, (JSON.parse(fact.payload) as { revision: number }).revision]),
  ]).toEqual([
    null,
    { read: 1, added: 0, changed: 0, unchanged: 1, refused: 0 },
    [
      ['directory.imported', 1],
      ['directory.imported', 2],
    ],
  ]);
});

test('another address of a known camera is a change, and the old one is gone', async () => {
  const { importText, store } = await open();
  await importText(`gbId,name,region,main_url\n${gbId},A,城关镇,rtsp://10.0.0.1/a\n`);
  const report = await importText(`gbId,name,region,main_url\n${gbId},A,城关镇,rtsp://10.0.0.2/a\n`);
  expect([report.rows.changed, (await store.readSources()).map(({ url }) => url)]).toEqual([1, ['rtsp://10.0.0.2/a']]);
});

test('a known camera keeps what the list does not speak of', async () => {
  const { importText, directory } = await open();
  await importText('编号,名称,所属区域\n0001,新名称,chengguan\n');
  expect(directory.camera(known.id)).toEqual({ ...known, name: '新名称', spelling: { pinyin: 'xinmingcheng', initials: 'xmc' } });
});

test('all problems of all rows are told with line, column, value and reason, and nothing is taken over', async () => {
  const { importText, directory } = await open();
  const report = await importText(
    [
      '国标编码,编号,名称,经度,纬度,坐标系,主码流,所属区域',
      '3.4E+19,,甲,108.7,33.3,,,城关镇',
      ',1,乙,33.3,108.7,,,东门社区',
      ',,"两',
      '行",,,,,火星',
      ',0102,,108.7,33.3,月球,http://u:p@10.0.0.1/,城关镇',
      ',0103,丁,,,,,022',
    ].join('\n'),
  );
  expect(told(report)).toEqual([
    [2, '国标编码', '3.4E+19', 'spreadsheetFloat'],
    [3, '所属区域', '东门社区', 'regionAmbiguous'],
    [3, '经度', '33.3', 'swappedAxes'],
    [4, '所属区域', '火星', 'regionUnknown'],
    [6, '坐标系', '月球', 'unknownCrs'],
    [6, '主码流', 'http://***@10.0.0.1/', 'urlScheme'],
    [6, '名称', '', 'required'],
  ]);
  expect([report.revision, report.rows, directory.rows('cameras').length]).toEqual([
    null,
    { read: 5, added: 0, changed: 0, unchanged: 0, refused: 4 },
    1,
  ]);
});

test('with --partial the good rows are taken over', async () => {
  const { importText, directory } = await open();
  const report = await importText('编号,名称,所属区域\n0101,甲,城关镇\n0102,乙,火星\n', 'partial');
  expect([report.revision, report.rows, directory.camera('no-0101' as CameraId)?.name]).toEqual([
    2,
    { read: 2, added: 1, changed: 0, unchanged: 0, refused: 1 },
    '甲',
  ]);
});

test('a camera twice in one list is refused in both rows', async () => {
  const { importText } = await open();
  const report = await importText(`gbId,编号,名称,region\n${gbId},01,A,城关镇\n${gbId},02,B,城关镇\n,03,C,城关镇\n`, 'partial');
  expect([told(report), report.rows.added]).toEqual([
    [
      [2, null, gbId, 'repeated'],
      [3, null, gbId, 'repeated'],
    ],
    1,
  ]);
});

test('a number that lost its zeros is refused when the directory knows it with them', async () => {
  const { importText } = await open();
  const report = await importText('编号,名称,所属区域\n1,老摄像机,城关镇\n');
  expect(told(report)).toEqual([[2, '编号', '1', 'leadingZeroLost']]);
});

test.each([
  ['nothing', '', 'empty'],
  ['a heading only', '编号,名称,所属区域\n', 'empty'],
  ['no region column', '编号,名称\n1,A\n', 'missingColumn'],
  ['no key column', '名称,所属区域\nA,城关镇\n', 'missingColumn'],
  ['a quote that is not closed', '编号,名称,所属区域\n1,"A,城关镇\n2,B,城关镇', 'brokenCsv'],
])('a file with %s is refused as a whole', async (_name, text, code) => {
  const { importText } = await open();
  const report = await importText(text, 'partial');
  expect([report.revision, report.problems.map((problem) => problem.code)]).toEqual([null, [`directory.import.${code}`]]);
});

test('a list that says WGS-84 but lies in GCJ-02 is noticed by where its points fall', async () => {
  const { importText } = await open();
  // One degree of longitude is 93 km here; the shift of some 400 m takes points at the very edge out of the square.
  const rows = Array.from({ length: 10 }, (_, index) => `9${index},点${index},${108.8 + 0.002},${33.25 + index * 0.01},wgs84,城关镇`);
  const report = await importText(['编号,名称,经度,纬度,坐标系,所属区域', ...rows].join('\n'));
  expect(report.notes.map(({ code, params }) => [code, params.claimed, params.best])).toEqual([
    ['directory.import.believedCrs', 'WGS84', 'GCJ02'],
  ]);
});

test('a folder without the list says what it should be called', async () => {
  const { directory } = await open();
  expect(directory.revision()).toBe(1);
  const hand = createHandPorts();
  const store = createMemoryStore({ epoch: 'e1' });
  const writer = await openWriter({
    store,
    feeds: await openFeeds(store),
    places: { placeOf: () => nowhere },
    countyId,
    clock: hand.clock,
    log: hand.log,
  });
  const ports = { directory, countyId, writer, checkUrl: granted, sourcesOf: () => [], onApplied: () => {} };
  const outcome = await importFolder(ports, {
    request: { files: [{ name: 'list.csv', read: () => Buffer.alloc(0) }], take: 'all' },
    actor,
  });
  expect(outcome.ok && outcome.value.problems.map(({ code }) => code)).toEqual(['directory.import.noFile']);
});
