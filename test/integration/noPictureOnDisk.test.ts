import { randomBytes } from 'node:crypto';
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evidenceFolderName } from '#platform/evidence/index.ts';
import { openCountyDesk, viewQuestion } from '#test/builders/openDesk.ts';
import { startPlatform, startTabRoom } from '#test/builders/runningRoom.ts';

const loopsFolder = path.resolve(import.meta.dirname, '../../.cache/demo-loops');
const needleBytes = 48;
// Larger files would not be read into memory; nothing of ours is, but the record's own database may grow.
const mostBytes = 64 * 1024 * 1024;

let folder: string;
let startedAtMs: number;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'commandwall-disk-'));
  startedAtMs = Date.now();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Bytes out of the middle of the pictures of every demo loop: what goes through the gateway unchanged. */
function needles(): readonly Buffer[] {
  return readdirSync(loopsFolder)
    .filter((name) => name.endsWith('.mp4'))
    .flatMap((name) => {
      const bytes = readFileSync(path.join(loopsFolder, name));
      return [0.2, 0.45, 0.7].map((share) =>
        bytes.subarray(Math.floor(bytes.length * share), Math.floor(bytes.length * share) + needleBytes),
      );
    });
}

/** Files below a folder that were written since the test began. */
function* filesIn(root: string): Iterable<string> {
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const stat = entry.isFile() ? lstatSync(file, { throwIfNoEntry: false }) : undefined;
    if (stat !== undefined && stat.mtimeMs >= startedAtMs - 1_000 && stat.size > 0 && stat.size <= mostBytes) yield file;
  }
}

/** Which files begin like a film or a photograph, or hold a needle. A JPEG or MP4 begins at its first byte; a transport stream repeats its mark. */
function picturesIn(root: string, sought: readonly Buffer[]): readonly string[] {
  return [...filesIn(root)].flatMap((file) => {
    const bytes = contentOf(file);
    const found = looksLikePicture(bytes) || sought.some((needle) => bytes.includes(needle));
    return found ? [path.relative(root, file)] : [];
  });
}

function contentOf(file: string): Buffer {
  const opened = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(lstatSync(file).size);
    return bytes.subarray(0, readSync(opened, bytes));
  } finally {
    closeSync(opened);
  }
}

function looksLikePicture(bytes: Buffer): boolean {
  const isJpeg = bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]));
  const isMp4 = ['ftyp', 'styp', 'moof', 'moov', 'mdat'].includes(bytes.toString('latin1', 4, 8));
  return isJpeg || isMp4 || [0, 188, 376].every((at) => bytes[at] === 0x47);
}

test('what is sought is found where it lies: a film, a photograph, and a piece of a picture in the middle of something else', async () => {
  const planted = await mkdtemp(path.join(folder, 'planted-'));
  const sought = [randomBytes(needleBytes)];
  await writeFile(path.join(planted, 'film'), Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom')]));
  await writeFile(path.join(planted, 'photograph'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1]));
  await writeFile(path.join(planted, 'cache'), Buffer.concat([Buffer.alloc(1_000, 1), sought.at(-1)!, Buffer.alloc(1_000, 2)]));
  await writeFile(path.join(planted, 'notes'), 'nothing to see');
  expect(picturesIn(planted, sought).toSorted()).toEqual(['cache', 'film', 'photograph']);
  await rm(planted, { recursive: true });
});

/** Fetches a playlist and all its segments as a page does, so that they go through the browser's own caches; answers how many bytes came. */
async function fetchedByHls(page: Page, url: string): Promise<number> {
  const { desk } = await openCountyDesk(url);
  const asked = { ...viewQuestion({ cameraId: 'cam-0129' }) };
  const answer = (await desk.ask('ask', asked)) as { ok: boolean; value: { hlsUrl: string; token: string } };
  desk.close();
  return await page.evaluate(async ({ hlsUrl, token }) => {
    const headers = { Authorization: `Bearer ${token}` };
    let bytes = 0;
    const names = (await (await fetch(hlsUrl, { headers })).text()).split('\n').filter((line) => line.endsWith('.m4s'));
    for (const name of names) bytes += (await (await fetch(new URL(name, hlsUrl), { headers })).arrayBuffer()).byteLength;
    return bytes;
  }, answer.value);
}

/** Keeps a picture by right; answers the folder in which alone it may lie. */
async function keptPicture({ url, dataDir }: { url: string; dataDir: string }): Promise<string> {
  const { desk, session } = await openCountyDesk(url);
  await desk.ask('attach', { session });
  const reason = { kind: 'drill', reference: null };
  const answer = (await desk.ask('ask', { type: 'evidence.take', cameraId: 'cam-0129', reason, language: 'zh' })) as { ok: boolean };
  desk.close();
  expect(answer).toMatchObject({ ok: true });
  return path.join(dataDir, 'platform', evidenceFolderName);
}

test('no byte of a live picture is on a disk while a wall plays by push and by HLS and the console shows small pictures', async () => {
  const dataDir = path.join(folder, 'data');
  const profile = path.join(folder, 'profile');
  const platform = await startPlatform({ dataDir });
  const room = await startTabRoom({ dataDir, platformUrl: platform.url });
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    viewport: { width: 1920, height: 1080 },
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--disable-backgrounding-occluded-windows'],
  });
  try {
    const [wall, desk] = [await browser.newPage(), await browser.newPage()];
    await wall.goto(room.wallUrl);
    await wall.bringToFront();
    await expect.poll(() => wall.locator('video').count(), { timeout: 40_000 }).toBeGreaterThanOrEqual(9);
    await desk.goto(room.consoleUrl);
    await expect.poll(() => desk.locator('[data-testid="thumbnail"] canvas').count(), { timeout: 40_000 }).toBeGreaterThanOrEqual(3);
    expect(await fetchedByHls(wall, platform.url)).toBeGreaterThan(50_000);
    expect(needles().length).toBeGreaterThan(0);
    expect(picturesIn(folder, needles())).toEqual([]);
    // What is kept on purpose lies sealed, in one folder; a picture that somebody puts there as it is would be found like anywhere else.
    const evidence = await keptPicture({ url: platform.url, dataDir });
    expect(
      readdirSync(evidence)
        .map((name) => path.extname(name))
        .toSorted(),
    ).toEqual(['.key', '.sealed']);
    expect(picturesIn(folder, needles())).toEqual([]);
    const planted = path.join(evidence, 'plain.sealed');
    await writeFile(planted, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1]));
    expect(picturesIn(folder, needles())).toEqual([path.relative(folder, planted)]);
    await rm(planted);
  } finally {
    await browser.close();
    await room.stop();
    await platform.stop();
  }
  // Also what a browser writes when it closes.
  expect(picturesIn(folder, needles())).toEqual([]);
  // Other tests keep clips of their own in the folder for temporary files.
  const ownTemporary = readdirSync(tmpdir()).filter((name) => /^(ffmpeg|\.org\.chromium|\.com\.google|playwright)/.test(name));
  for (const name of ownTemporary) {
    const file = path.join(tmpdir(), name);
    if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === true) expect(picturesIn(file, needles())).toEqual([]);
  }
});
