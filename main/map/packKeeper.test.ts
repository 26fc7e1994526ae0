import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mapRoutes, packDigest, packFiles, PackManifest } from '#contract/map/index.ts';
import type { Download } from '#main/link/index.ts';
import { openPackKeeper } from './packKeeper.ts';

const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');

/** A pack of some kilobytes: other words make another one; the gazetteer is the same in all. */
function packOf(words: string) {
  const files = new Map(
    Object.values(packFiles).map((name) => [
      name as string,
      Buffer.from((name === packFiles.gazetteer ? 'names ' : `${words} ${name} `).repeat(300)),
    ]),
  );
  const body = {
    ...{ format: 'commandwall-county-pack' as const, version: 1 as const, countyId: 'anlan' as PackManifest['countyId'] },
    ...{ name: '安澜县', nameEn: 'Anlan County', bounds: [108, 33, 109, 34] as const, attribution: { zh: '虚构', en: 'invented' } },
    zooms: { base: [7, 14] as [number, number], terrain: [7, 12] as [number, number] },
    files: [...files].map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
  };
  return { files, manifest: PackManifest.parse({ ...body, contentHash: sha256(packDigest(body)) }) };
}
type Pack = ReturnType<typeof packOf>;

/** The platform as a desk's download sees it; `asked` holds what was asked for since it was emptied. */
function createPlatform(pack: Pack | null) {
  const platform = {
    pack,
    asked: [] as string[],
    isAway: false,
    /** Breaks the line after so many bytes of a file. */
    cutAfter: null as number | null,
    ignoresRanges: false,
    change: (_name: string, bytes: Buffer) => bytes,
    manifestText: null as string | null,
  };
  const download: Download = async ({ path: asked, fromByte, signal }) => {
    if (platform.isAway) throw new Error('nobody there');
    const isManifest = asked === mapRoutes.manifest;
    const name = path.basename(asked);
    platform.asked.push(isManifest ? 'manifest' : `${name}@${fromByte}`);
    if (platform.pack === null) return { status: 404, chunks: chunksOf(Buffer.from('{}'), null) };
    if (isManifest)
      return { status: 200, chunks: chunksOf(Buffer.from(platform.manifestText ?? JSON.stringify(platform.pack.manifest)), null) };
    const whole = platform.change(name, platform.pack.files.get(name) ?? Buffer.alloc(0));
    const from = platform.ignoresRanges ? 0 : fromByte;
    signal.throwIfAborted();
    return { status: from === 0 ? 200 : 206, chunks: chunksOf(whole.subarray(from), platform.cutAfter) };
  };
  return { platform, download };
}

async function* chunksOf(bytes: Buffer, cutAfter: number | null): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 500) {
    if (cutAfter !== null && at >= cutAfter) throw new Error('the line broke');
    yield bytes.subarray(at, at + 500);
  }
}

let shelf: string;
beforeEach(async () => {
  shelf = await mkdtemp(path.join(tmpdir(), 'map-'));
});
afterEach(() => rm(shelf, { recursive: true }));

/** Opens the keeper. `settled` resolves once it waits for its next look; `again` lets that time come. */
async function open(download: Download, { freeBytes = async () => 1e9 }: { freeBytes?: () => Promise<number> } = {}) {
  const waits: { delayMs: number; run: () => void }[] = [];
  let onWait = () => {};
  const told: string[] = [];
  const said: unknown[] = [];
  const keeper = await openPackKeeper({
    ...{ shelf, download, freeBytes, bearer: () => 'd:k', randomness: () => 0.5 },
    timers: {
      afterMs: (delayMs, run) => {
        waits.push({ delayMs, run });
        onWait();
        return () => {};
      },
    },
    log: {
      debug: () => {},
      info: () => {},
      warn: () => {},
      error: (fields: object) => void said.push((fields as { code?: unknown }).code),
    },
    onPack: ({ contentHash }) => told.push(contentHash),
  });
  const settled = () => {
    const { promise, resolve } = Promise.withResolvers<number>();
    onWait = () => resolve(waits.at(-1)?.delayMs ?? 0);
    return promise;
  };
  const looked = async () => {
    const waited = settled();
    keeper.look();
    return await waited;
  };
  const again = async () => {
    const waited = settled();
    waits.at(-1)?.run();
    return await waited;
  };
  return { keeper, told, said, looked, again };
}

const onShelf = async ({ manifest, files }: Pack) =>
  (
    await Promise.all([...files].map(async ([name, bytes]) => (await readFile(path.join(shelf, manifest.contentHash, name))).equals(bytes)))
  ).every(Boolean);

test('the pack of the platform is fetched once, file by file, and told; a later look fetches nothing again', async () => {
  const pack = packOf('first');
  const { platform, download } = createPlatform(pack);
  const { keeper, told, looked, again } = await open(download);
  expect(keeper.manifest()).toBeNull();
  await looked();
  expect([told, await onShelf(pack), keeper.manifest()]).toEqual([[pack.manifest.contentHash], true, pack.manifest]);
  expect(await readdir(shelf)).toEqual([pack.manifest.contentHash, 'manifest.json'].toSorted());
  platform.asked = [];
  await again();
  expect([platform.asked, told.length]).toEqual([['manifest'], 1]);
});

test('a line that breaks in the middle of a file is gone on with from there', async () => {
  const pack = packOf('first');
  const { platform, download } = createPlatform(pack);
  const { told, looked, again } = await open(download);
  platform.cutAfter = 2_000;
  await looked();
  expect([told, await readdir(path.join(shelf))]).toEqual([[], [`coming-${pack.manifest.contentHash}`]]);
  platform.cutAfter = null;
  platform.asked = [];
  await again();
  expect([platform.asked[1], told, await onShelf(pack)]).toEqual(['base.pmtiles@2000', [pack.manifest.contentHash], true]);
});

test('what a broken start left behind is gone on with after the room was started again', async () => {
  const pack = packOf('first');
  const { platform, download } = createPlatform(pack);
  const first = await open(download);
  platform.cutAfter = 2_000;
  await first.looked();
  await first.keeper.close();
  platform.cutAfter = null;
  platform.asked = [];
  const second = await open(download);
  await second.looked();
  expect([platform.asked[1], await onShelf(pack)]).toEqual(['base.pmtiles@2000', true]);
});

test('a platform that knows no parts sends all of it again, and that is taken as a whole', async () => {
  const pack = packOf('first');
  const { platform, download } = createPlatform(pack);
  const { looked, again } = await open(download);
  platform.cutAfter = 2_000;
  await looked();
  Object.assign(platform, { cutAfter: null, ignoresRanges: true });
  await again();
  expect(await onShelf(pack)).toBe(true);
});

test('content that does not fit its checksum is thrown away; the pack before stays, and the next try begins that file anew', async () => {
  const [before, after] = [packOf('before'), packOf('after')];
  const { platform, download } = createPlatform(before);
  const { keeper, told, looked, again } = await open(download);
  await looked();
  platform.pack = after;
  platform.change = (name, bytes) => (name === 'roads.bin' ? Buffer.from(bytes.toString().replace('after', 'oftar')) : bytes);
  await again();
  expect([keeper.manifest()?.contentHash, told.length, await onShelf(before)]).toEqual([before.manifest.contentHash, 1, true]);
  platform.change = (_name, bytes) => bytes;
  platform.asked = [];
  await again();
  expect([told.length, await onShelf(after)]).toEqual([2, true]);
  expect(platform.asked.slice(0, 2)).toEqual(['manifest', 'roads.bin@0']);
});

test('files that the pack before has too are not fetched again; that one may still be read until the next comes', async () => {
  const [first, second, third] = [packOf('first'), packOf('second'), packOf('third')];
  const { platform, download } = createPlatform(first);
  const { looked, again } = await open(download);
  await looked();
  platform.pack = second;
  platform.asked = [];
  await again();
  expect([platform.asked.some((asked) => asked.startsWith(packFiles.gazetteer)), await onShelf(second), await onShelf(first)]).toEqual([
    false,
    true,
    true,
  ]);
  platform.pack = third;
  await again();
  expect((await readdir(shelf)).toSorted()).toEqual([second.manifest.contentHash, third.manifest.contentHash, 'manifest.json'].toSorted());
});

test('the pack of last time is there before the platform is, and stays when the platform has none any more', async () => {
  const pack = packOf('first');
  const { platform, download } = createPlatform(pack);
  await (await open(download)).looked();
  platform.isAway = true;
  const { told, keeper, looked, again } = await open(download);
  expect(told).toEqual([pack.manifest.contentHash]);
  const waitMs = await looked();
  platform.isAway = false;
  platform.pack = null;
  expect([await again(), waitMs < 60_000, keeper.manifest()]).toEqual([5 * 60_000, true, pack.manifest]);
});

test('a pack of last time with a file cut short is not shown, but fetched again', async () => {
  const pack = packOf('first');
  const { download } = createPlatform(pack);
  await (await open(download)).looked();
  await truncate(path.join(shelf, pack.manifest.contentHash, packFiles.base), 10);
  const { told, looked } = await open(download);
  expect(told).toEqual([]);
  await looked();
  expect([told, await onShelf(pack)]).toEqual([[pack.manifest.contentHash], true]);
});

test.each(['<html>log in here</html>', '{"format":"zip"}', 'x'.repeat(2 * 1024 * 1024)])(
  'an answer that is no manifest is refused, and tried again later',
  async (manifestText) => {
    const { platform, download } = createPlatform(packOf('first'));
    platform.manifestText = manifestText;
    const { told, looked } = await open(download);
    expect([(await looked()) < 60_000, told, await readdir(shelf)]).toEqual([true, [], []]);
  },
);

test('a disk without room for a map keeps the one before, writes nothing of the new one, and takes it when there is room', async () => {
  const [first, second] = [packOf('first'), packOf('second')];
  const { platform, download } = createPlatform(first);
  let free = 1e9;
  const { told, said, looked, again } = await open(download, { freeBytes: async () => free });
  await looked();
  platform.pack = second;
  // A line that breaks leaves a part of it behind, which is given back too.
  platform.cutAfter = 500;
  await looked();
  expect(await readdir(shelf)).toContain(`coming-${second.manifest.contentHash}`);
  platform.cutAfter = null;
  free = 64 * 1024 * 1024;
  platform.asked = [];
  await again();
  expect([platform.asked, said, told, (await readdir(shelf)).toSorted()]).toEqual([
    ['manifest'],
    ['map.noRoom'],
    [first.manifest.contentHash],
    [first.manifest.contentHash, 'manifest.json'].toSorted(),
  ]);
  free = 1e9;
  await again();
  expect([told.at(-1), await onShelf(second)]).toEqual([second.manifest.contentHash, true]);
});

test('a disk that fills up in the middle of a map gets back what was written', async () => {
  const [first, second] = [packOf('first'), packOf('second')];
  const { platform, download } = createPlatform(first);
  const full: Download = async (asked) => {
    if (platform.pack === second && asked.path.endsWith(packFiles.roads))
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    return await download(asked);
  };
  const { told, looked } = await open(full);
  await looked();
  platform.pack = second;
  expect(await looked()).toBeLessThan(5 * 60_000);
  expect([told, (await readdir(shelf)).toSorted()]).toEqual([
    [first.manifest.contentHash],
    [first.manifest.contentHash, 'manifest.json'].toSorted(),
  ]);
  expect(await onShelf(first)).toBe(true);
});

test('nothing is asked for after it is closed', async () => {
  const { platform, download } = createPlatform(packOf('first'));
  const { keeper } = await open(download);
  await keeper.close();
  keeper.look();
  expect(platform.asked).toEqual([]);
});
