import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CountyId } from '#contract/values/index.ts';
import { smallPack, writeSmallPack } from './testing/smallPack.ts';
import { openPackShelves } from './packShelf.ts';
import { putPack } from './putPack.ts';

const countyId = CountyId.parse('anlan');
const pack = smallPack({ countyId });
let folder: string;
let from: string;
let shelf: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pack-'));
  [from, shelf] = [path.join(folder, 'brought'), path.join(folder, 'shelf')];
  await writeSmallPack({ folder: from, pack, as: 'flat' });
});
afterEach(() => rm(folder, { recursive: true }));

const put = (named = from) => putPack({ from: named, shelf, countyId });
const shelves = () => openPackShelves({ folders: [shelf], countyId });
async function roadsOf(hash: string, range?: string) {
  const found = await shelves().open({ hash, file: 'roads.bin', range });
  return found.kind === 'bytes' ? await new Response(found.body).text() : found.kind;
}

test('a pack is put on the shelf, named by its folder, its manifest, or the shelf that it lies on', async () => {
  expect(await put()).toEqual({ ok: true, value: pack.manifest });
  expect(await put(path.join(from, 'manifest.json'))).toEqual({ ok: true, value: pack.manifest });
  await writeSmallPack({ folder: path.join(folder, 'other'), pack, as: 'shelf' });
  expect(await put(path.join(folder, 'other'))).toEqual({ ok: true, value: pack.manifest });
  expect(await shelves().manifest()).toEqual(pack.manifest);
  expect(await roadsOf(pack.manifest.contentHash)).toBe(pack.files.get('roads.bin')?.toString());
  expect(await roadsOf(pack.manifest.contentHash, 'bytes=0-4')).toBe('first');
  expect(await roadsOf(pack.manifest.contentHash, 'bytes=99999-')).toBe('beyond');
});

test('a newer pack takes the place of the one before, which is gone then', async () => {
  await put();
  const newer = smallPack({ countyId, words: 'second' });
  await writeSmallPack({ folder: path.join(folder, 'newer'), pack: newer, as: 'flat' });
  await put(path.join(folder, 'newer'));
  expect([await readdir(shelf), (await shelves().manifest())?.contentHash]).toEqual([
    [newer.manifest.contentHash, 'manifest.json'].toSorted(),
    newer.manifest.contentHash,
  ]);
});

test.each([
  ['a file cut short', async () => await truncate(path.join(from, 'base.pmtiles'), 100), 'map.fileTruncated'],
  ['a file with one letter changed', async () => await flip(path.join(from, 'base.pmtiles')), 'map.fileChanged'],
  ['a file missing', async () => await rm(path.join(from, 'roads.bin')), 'map.fileMissing'],
  ['no manifest', async () => await rm(path.join(from, 'manifest.json')), 'map.notAPack'],
  ['a manifest that is no JSON', async () => await writeFile(path.join(from, 'manifest.json'), '<html>'), 'map.notAPack'],
  ['a manifest of other files', async () => await otherManifest(), 'map.wrongHash'],
  [
    'the county next door',
    async () => await writeSmallPack({ folder: from, pack: smallPack({ countyId: 'ning' }), as: 'flat' }),
    'map.otherCounty',
  ],
])('a pack with %s is refused, and the one on the shelf stays as it is', async (...[, damage, code]) => {
  const before = smallPack({ countyId, words: 'before' });
  await writeSmallPack({ folder: path.join(folder, 'before'), pack: before, as: 'flat' });
  await put(path.join(folder, 'before'));
  await damage();
  const answer = await put();
  expect(answer.ok ? 'taken' : answer.refusal.code).toBe(code);
  expect([await shelves().manifest(), await readdir(shelf)]).toEqual([
    before.manifest,
    [before.manifest.contentHash, 'manifest.json'].toSorted(),
  ]);
});

test('a shelf that somebody has filled by hand with the pack of another county has none', async () => {
  await writeSmallPack({ folder: shelf, pack: smallPack({ countyId: 'ning' }), as: 'shelf' });
  expect(await shelves().manifest()).toBeNull();
});

async function flip(file: string): Promise<void> {
  const bytes = await readFile(file);
  bytes[7] = (bytes[7] ?? 0) ^ 1;
  await writeFile(file, bytes);
}

async function otherManifest(): Promise<void> {
  const files = pack.manifest.files.map((file) => ({ ...file, bytes: file.bytes + 1 }));
  await writeFile(path.join(from, 'manifest.json'), JSON.stringify({ ...pack.manifest, files }));
}
