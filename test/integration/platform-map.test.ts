import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mapRoutes, packFilePath } from '#contract/map/index.ts';
import { enrol, logIn, openTestPlatform } from '#test/builders/platform.ts';
import { smallCounty } from '#test/builders/smallCounty.ts';
import { smallPack, writeSmallPack } from '#platform/map/testing/smallPack.ts';

const pack = smallPack({ countyId: smallCounty.county.countyId });
const { contentHash: hash } = pack.manifest;
const text = pack.files.get('base.pmtiles')?.toString() ?? '';
let shelf: string;
let platform: Awaited<ReturnType<typeof openTestPlatform>>;
let device: string;
beforeAll(async () => {
  shelf = await mkdtemp(path.join(tmpdir(), 'commandwall-shelf-'));
  await writeSmallPack({ folder: shelf, pack, as: 'shelf' });
  platform = await openTestPlatform({ packShelves: [path.join(shelf, 'none'), shelf] });
  const { session } = await logIn({ url: platform.url, account: 'duty' });
  const { deskId, deviceKey } = await enrol({ url: platform.url, session });
  device = `${deskId}:${deviceKey}`;
});
afterAll(async () => {
  await platform.close();
  await rm(shelf, { recursive: true });
});

const ask = (asked: string, headers: Record<string, string> = {}) =>
  fetch(`${platform.url}${asked}`, { headers: { authorization: `Bearer ${device}`, ...headers } });
const file = (name = 'base.pmtiles') => packFilePath({ hash, file: name });

test('a workstation reads which map there is, and its files whole or in parts that may be kept', async () => {
  expect(await (await ask(mapRoutes.manifest)).json()).toEqual(pack.manifest);
  const whole = await ask(file());
  expect([whole.status, await whole.text(), whole.headers.get('accept-ranges')]).toEqual([200, text, 'bytes']);
  expect(whole.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
  const part = await ask(file(), { range: 'bytes=5-9' });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, `bytes 5-9/${text.length}`, text.slice(5, 10)]);
});

test('a part beyond the end is refused, and what is known already is not sent again', async () => {
  const beyond = await ask(file(), { range: `bytes=${text.length}-` });
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${text.length}`]);
  const etag = (await ask(file())).headers.get('etag') ?? '';
  expect((await ask(file(), { 'if-none-match': etag })).status).toBe(304);
  expect((await ask(file(), { 'if-none-match': '"another"' })).status).toBe(200);
});

test('whoever is nobody reads no map', async () => {
  const statuses = await Promise.all(
    [mapRoutes.manifest, file()].flatMap((asked) => [
      fetch(`${platform.url}${asked}`).then(({ status }) => status),
      ask(asked, { authorization: 'Bearer desk-1:guessed' }).then(({ status }) => status),
    ]),
  );
  expect(statuses).toEqual([401, 401, 401, 401]);
});

test('nothing but the files of a pack is found', async () => {
  const asked = [file('other.bin'), `${mapRoutes.folder}/${hash}/..%2fmanifest.json`, `${mapRoutes.folder}/${'0'.repeat(64)}/base.pmtiles`];
  expect(await Promise.all(asked.map(async (path_) => (await ask(path_)).status))).toEqual([404, 404, 404]);
});
