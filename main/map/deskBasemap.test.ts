import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDeskBasemap, packAlone } from './deskBasemap.ts';

let folder: string;
let logged: string[];
beforeEach(async () => {
  logged = [];
  folder = await mkdtemp(path.join(tmpdir(), 'desk-basemap-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (name: string, content: string | Buffer) => {
  await writeFile(path.join(folder, name), content);
  return path.join(folder, name);
};
const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
const opened = (chosen: string | null = null) =>
  openDeskBasemap({ dataDir: folder, chosen, log: { debug: note, info: note, warn: note, error: note } });
const codeOf = async (chosen: string | null = null) => (await opened(chosen)).served.refusal?.code ?? null;

function header(tileType: number): Buffer {
  const bytes = Buffer.alloc(127);
  bytes.write('PMTiles');
  [bytes[7], bytes[99]] = [3, tileType];
  return bytes;
}

const tianditu = {
  kind: 'wmts',
  templates: ['https://t0.tianditu.gov.cn/vec_w/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}'],
  key: 'secret-key',
  attribution: '天地图',
};

test('without a file the pack is drawn and nothing is said', async () => {
  expect([await opened(), logged]).toEqual([packAlone, []]);
});

test('a file of the data folder is read at the start, its server is let in, and its key is in no line of the log', async () => {
  await write('basemap.json', JSON.stringify(tianditu));
  const { served, origins, file } = await opened();
  expect([served.basemap.kind, served.refusal, origins, file]).toEqual(['wmts', null, ['https://t0.tianditu.gov.cn'], null]);
  expect([logged.length, logged.join(' ').includes('secret')]).toEqual([1, false]);
});

test('a file that was asked for counts before the one in the data folder', async () => {
  await write('basemap.json', JSON.stringify(tianditu));
  const { served } = await opened(await write('other.json', '{"kind":"pack"}'));
  expect(served).toEqual({ basemap: { kind: 'pack' }, refusal: null });
});

test('a PMTiles file of this machine is served by the window itself, as pictures or shapes as its header says', async () => {
  const pictures = await opened(await write('land.pmtiles', header(2)));
  expect(pictures).toEqual({
    served: { basemap: { kind: 'pmtiles', url: '/map/basemap.pmtiles', tiles: 'pictures', attribution: 'land.pmtiles' }, refusal: null },
    file: path.join(folder, 'land.pmtiles'),
    origins: [],
  });
  await write('shapes.pmtiles', header(1));
  const named = await opened(await write('named.json', JSON.stringify({ kind: 'pmtiles', file: 'shapes.pmtiles', attribution: '县测绘' })));
  expect([named.served.basemap, named.file]).toEqual([
    { kind: 'pmtiles', url: '/map/basemap.pmtiles', tiles: 'vector', attribution: '县测绘' },
    path.join(folder, 'shapes.pmtiles'),
  ]);
});

test('what cannot be used is refused in words, logged without its key, and the pack is drawn', async () => {
  const refusals = [
    await codeOf(path.join(folder, 'none.json')),
    await codeOf(path.join(folder, 'none.pmtiles')),
    await codeOf(await write('cut.pmtiles', header(2).subarray(0, 60))),
    await codeOf(await write('words.pmtiles', '<!doctype html>'.padEnd(200))),
    await codeOf(await write('broken.json', '{')),
    await codeOf(await write('degrees.json', JSON.stringify(tianditu).replace('vec_w', 'vec_c'))),
    await codeOf(await write('long.json', ' '.repeat(70_000))),
    await codeOf(await write('undeclared.json', JSON.stringify(tianditu).replace('t0.tianditu.gov.cn', 'tiles.example'))),
    await codeOf(await write('shifted.json', JSON.stringify({ kind: 'pmtiles', file: 'cut.pmtiles', datum: 'GCJ02' }))),
  ];
  expect(refusals).toEqual([
    'map.basemapFileMissing',
    'map.basemapFileMissing',
    'map.basemapNoTiles',
    'map.basemapNoTiles',
    'map.basemapUnreadable',
    'map.basemapOtherProjection',
    'map.basemapUnreadable',
    'map.basemapDatumMissing',
    'map.basemapShifted',
  ]);
  expect([logged.length, logged.join(' ').includes('secret')]).toEqual([9, false]);
});
