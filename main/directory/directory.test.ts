import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Camera } from '#contract/cameras/index.ts';
import type { DirectoryKind, DirectoryPage } from '#contract/directory/index.ts';
import type { LinkLog } from '#contract/link/index.ts';
import { type CameraId, granted, type Result, refused, type Timers } from '#contract/values/index.ts';
import { openDirectory } from './directory.ts';
import { fetchDirectory } from './fetchDirectory.ts';

const log: LinkLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const names = { name: '河口', nameEn: 'River mouth', spelling: { pinyin: 'hekou', initials: 'hk' } };
const place = { location: null, azimuthDeg: null, fieldOfViewDeg: null, rangeM: null };
const camera = (id: string) =>
  Camera.parse({
    ...{ countyId: 'al', id, number: id, gbId: null, regionId: 't1', cameraClass: 'ordinary', streams: ['sub'], ...names, ...place },
    ...{ maintainer: '', maintainerPhone: '' },
  });
const cameras = Array.from({ length: 1_200 }, (_, index) => camera(`c-${index}`));
/** One of regions, two of cameras, one of centers, one of outlines. */
const pagesOfACopy = 5;

/** A platform whose directory a test may change between two pages. */
function createPlatform() {
  const platform = { revision: 1, pages: 0, isAway: false, afterPage: () => {} };
  const directoryPage = async ({
    kind,
    offset,
    limit,
  }: {
    kind: DirectoryKind;
    offset: number;
    limit: number;
  }): Promise<Result<DirectoryPage>> => {
    if (platform.isAway) return refused('bus.unreachable');
    const rows = kind === 'cameras' ? cameras.slice(offset, offset + limit) : [];
    const nextOffset = kind === 'cameras' && offset + limit < cameras.length ? offset + limit : null;
    const page = { kind, revision: platform.revision, rows, nextOffset } as DirectoryPage;
    platform.pages += 1;
    platform.afterPage();
    return granted(page);
  };
  return { platform, http: { directoryPage } };
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'directory-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function open(http: ReturnType<typeof createPlatform>['http']) {
  const waits: (() => void)[] = [];
  const timers: Timers = {
    afterMs: (_delayMs, run) => {
      waits.push(run);
      return () => {};
    },
  };
  const copies = Promise.withResolvers<void>();
  const cacheFile = path.join(folder, 'copy.json');
  const directory = await openDirectory({
    http,
    bearer: () => 'd:k',
    cacheFile,
    timers,
    randomness: () => 0.5,
    log,
    onCopy: copies.resolve,
  });
  return { directory, waits, copied: copies.promise };
}

test('an import in the middle of a fetch makes it start again: a copy is never of two revisions', async () => {
  const { platform, http } = createPlatform();
  platform.afterPage = () => {
    if (platform.pages === 2) platform.revision = 2;
  };
  const fetched = await fetchDirectory({ http, bearer: 'd:k' });
  expect(fetched.ok && [fetched.value.revision, fetched.value.cameras.length, platform.pages]).toEqual([2, 1_200, 8]);
});

test('a directory that never stops changing is given up for now', async () => {
  const { platform, http } = createPlatform();
  platform.afterPage = () => {
    platform.revision += 1;
  };
  expect(await fetchDirectory({ http, bearer: 'd:k' })).toEqual({ ok: false, refusal: { code: 'directory.keepsChanging' } });
});

test('windows get pages of one revision, and cameras by id; unknown ones are simply not there', async () => {
  const { http } = createPlatform();
  const { directory, copied } = await open(http);
  expect(directory.page({ kind: 'cameras', offset: 0 })).toBeNull();
  directory.refresh({ revision: 1 });
  await copied;
  const pages = [0, 500, 1_000].map((offset) => directory.page({ kind: 'cameras', offset }));
  expect(pages.map((page) => [page?.revision, page?.rows.length, page?.nextOffset])).toEqual([
    [1, 500, 500],
    [1, 500, 1_000],
    [1, 200, null],
  ]);
  expect(directory.camerasById(['c-7', 'nobody', 'constructor'] as CameraId[]).map(({ id }) => id)).toEqual(['c-7']);
});

test('a platform that is away, or still has the older directory, is asked again until it has what was announced', async () => {
  const { platform, http } = createPlatform();
  const { directory, waits, copied } = await open(http);
  /** Waits until the directory has given up for now; what is changed then is met by the next try. */
  const givenUp = async () => {
    while (waits.length === 0) await new Promise((resolve) => setImmediate(resolve));
    return waits.splice(0)[0]!;
  };
  platform.isAway = true;
  directory.refresh({ revision: 2 });
  const second = await givenUp();
  platform.isAway = false;
  second();
  const third = await givenUp();
  platform.revision = 2;
  third();
  await copied;
  expect(directory.revision()).toBe(2);
});

test('whoever has closed it may take the folder away: a copy under way is written to its end', async () => {
  const { http } = createPlatform();
  const { directory, copied } = await open(http);
  directory.refresh({ revision: 1 });
  await copied;
  await directory.close();
  expect(await readdir(folder)).toEqual(['copy.json']);
});

test('what arrives after it was closed is dropped', async () => {
  const { platform, http } = createPlatform();
  const { directory } = await open(http);
  platform.afterPage = () => void directory.close();
  directory.refresh({ revision: 1 });
  while (platform.pages < pagesOfACopy) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  expect([directory.revision(), await readdir(folder)]).toEqual([0, []]);
});

test('revisions are compared for equality: that of a territory may be any number, a smaller one too', async () => {
  const { platform, http } = createPlatform();
  const { directory, waits, copied } = await open(http);
  platform.revision = 4_000_000_000;
  directory.refresh({ revision: 4_000_000_000 });
  await copied;
  // The platform has the next one already; it is not yet the one that this announcement speaks of.
  platform.revision = 7;
  directory.refresh({ revision: 9 });
  while (waits.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(directory.revision()).toBe(4_000_000_000);
  directory.refresh({ revision: 7 });
  while (directory.revision() !== 7) await new Promise((resolve) => setImmediate(resolve));
  expect(directory.page({ kind: 'cameras', offset: 0 })?.revision).toBe(7);
  await directory.close();
});
