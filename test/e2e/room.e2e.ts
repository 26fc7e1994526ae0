import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type Running, runTool, startPlatform, startTabRoom } from '../builders/runningRoom.ts';
import { type RtspServer, startRtspServer } from '../fakes/rtspServer.ts';

/**
 * The whole room with nothing replaced: platform, gateway, ffmpeg, a camera of somebody else's making, main, bridge, both windows.
 * What the first reader of the handbook does, in its order.
 */
test.describe.configure({ mode: 'serial' });

let dataDir: string;
let camera: RtspServer;
let platform: Running & { url: string };
let room: Awaited<ReturnType<typeof startTabRoom>>;
let context: BrowserContext;
let consolePage: Page;
let wallPage: Page;

test.beforeAll(async ({ browser }) => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'commandwall-room-'));
  camera = await startRtspServer();
  platform = await startPlatform({ dataDir });
  room = await startTabRoom({ dataDir, platformUrl: platform.url });
  context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  await openWindows();
});

test.afterAll(async () => {
  await context.close();
  await room.stop();
  await platform.stop();
  await camera.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

async function openWindows(): Promise<void> {
  for (const page of context.pages()) await page.close();
  wallPage = await context.newPage();
  consolePage = await context.newPage();
  for (const page of [wallPage, consolePage]) {
    await page.addInitScript(() => {
      const violations: string[] = [];
      Object.assign(window, { violations });
      document.addEventListener('securitypolicyviolation', (event) => violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
    });
  }
  await wallPage.goto(room.wallUrl);
  await consolePage.goto(room.consoleUrl);
}

const tile = (place: string) => wallPage.locator(`[data-cell="${place}"]`);

/** Frames that the tile's video element has decoded so far. */
const decoded = (place: string) =>
  tile(place)
    .locator('video')
    .evaluate((video) => (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames);

/** The small picture of a cell on the console. */
const small = (place: string) => consolePage.locator(`[data-place="${place}"] [data-testid="thumbnail"] canvas`);

/** How many shades of red are in it: a placeholder has one. */
const reds = (place: string) =>
  small(place).evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const bytes = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
    return new Set(bytes.filter((_, at) => at % 4 === 0)).size;
  });

async function findCamera(text: string): Promise<void> {
  await consolePage.keyboard.press('Control+k');
  await consolePage.keyboard.type(text);
  await consolePage.locator('[data-combobox-option]:visible').first().waitFor();
  await consolePage.keyboard.press('Enter');
}

test('the wall shows moving pictures before anybody has touched anything', async () => {
  await expect(tile('1.1')).toContainText('实况');
  const before = await decoded('1.1');
  await expect.poll(() => decoded('1.1')).toBeGreaterThan(before);
});

test('the console shows in small what the wall really shows', async () => {
  await expect(small('1.1')).toBeVisible();
  await expect.poll(() => reds('1.1')).toBeGreaterThan(20);
});

test("a county's own camera, imported from a list, is dragged from the tree onto a tile and plays", async () => {
  const folder = mkdtempSync(path.join(dataDir, 'import-'));
  writeFileSync(path.join(folder, 'cameras.csv'), `编号,名称,所属区域,主码流,子码流\n9001,北门水闸,城关镇,${camera.url},${camera.url}\n`);
  const report = await runTool(['tools/import.ts', folder, '--data', dataDir]);
  expect(report).toMatchObject({ code: 0 });

  await expect(async () => {
    await findCamera('9001');
    await expect(consolePage.locator('[data-camera]').filter({ hasText: '北门水闸' })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const startedAt = Date.now();
  await consolePage.locator('[data-camera]').filter({ hasText: '北门水闸' }).dragTo(consolePage.locator('[data-place="1.2"]'));
  await expect(tile('1.2')).toContainText('北门水闸');
  await expect(tile('1.2')).toContainText('实况');
  console.log(`    from the start of the drag to 实况, a cold RTSP camera: ${Date.now() - startedAt} ms`);
  await expect(consolePage.locator('[data-place="1.2"] [data-state="live"]')).toBeVisible();
});

test('a map on the wall is seen in small as its window drew it', async () => {
  await consolePage.locator('[data-ready="map"]').dragTo(consolePage.locator('[data-place="1.9"]'));
  await expect(tile('1.9').locator('[data-map="open"]')).toBeVisible();
  await expect(small('1.9')).toBeVisible();
  await expect.poll(() => reds('1.9')).toBeGreaterThan(20);
});

test('the clock goes onto the wall too, and counts what the wall proves', async () => {
  await consolePage.locator('[data-ready="clock"]').dragTo(consolePage.locator('[data-place="1.9"]'));
  await expect(tile('1.9')).toContainText('8/8 实况');
  await expect(small('1.9')).toHaveCount(0);
});

test('a source that dies is stale, then offline, and live again when it is back; nothing else flickers', async () => {
  const { port } = camera;
  await camera.kill();
  await expect(tile('1.2')).toContainText('停滞');
  await expect(tile('1.2').locator('[data-treatment="hatched"]')).toBeVisible();
  await expect(tile('1.2')).toContainText('离线');
  await expect(consolePage.locator('[data-place="1.2"] [data-state="offline"]')).toBeVisible();
  await expect(tile('1.1')).toContainText('实况');
  camera = await startRtspServer({ port });
  await expect(tile('1.2')).toContainText('实况', { timeout: 60_000 });
});

test('kill -9 of the room and a new start show the same wall', async () => {
  const before = await shownCameras();
  expect(before[1]).toContain('北门水闸');
  await room.kill();
  room = await startTabRoom({ dataDir, platformUrl: platform.url });
  await openWindows();
  await expect.poll(shownCameras).toEqual(before);
  await expect(tile('1.2')).toContainText('实况');
});

test('kill -9 of the platform leaves the wall as it is, says so, and heals by itself', async () => {
  const { port } = new URL(platform.url);
  await platform.kill();
  await expect(tile('1.1')).toContainText('停滞');
  platform = await startPlatform({ dataDir, port: Number(port) });
  await expect(tile('1.1')).toContainText('实况', { timeout: 60_000 });
  await expect(tile('1.2')).toContainText('实况', { timeout: 60_000 });
});

test('no window broke its content security policy on the way', async () => {
  for (const page of [wallPage, consolePage]) {
    expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
  }
});

async function shownCameras(): Promise<string[]> {
  return await wallPage
    .locator('[data-cell]')
    .evaluateAll((cells) =>
      cells.map((cell) => `${cell.getAttribute('data-cell')} ${cell.querySelector('[class*=name]')?.textContent ?? ''}`),
    );
}
