import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type FakeOnvifDevice, startOnvifDevice } from '#platform/cameras/gateway/testing/onvifDevice.ts';
import { type Running, runTool, startPlatform, startTabRoom } from '../builders/runningRoom.ts';
import { type RtspServer, startRtspServer } from '../fakes/rtspServer.ts';

/** What is asked of a camera beside its picture, with nothing replaced between the windows and the device: platform, gateway, main, bridge. */
test.describe.configure({ mode: 'serial' });

let dataDir: string;
let source: RtspServer;
let device: FakeOnvifDevice;
let platform: Running & { url: string };
let room: Awaited<ReturnType<typeof startTabRoom>>;
let context: BrowserContext;
let consolePage: Page;
let wallPage: Page;

test.beforeAll(async ({ browser }) => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'commandwall-cameras-'));
  source = await startRtspServer();
  device = await startOnvifDevice({ lock: 'digest', rtspUrl: source.url });
  platform = await startPlatform({ dataDir });
  room = await startTabRoom({ dataDir, platformUrl: platform.url });
  // A small wall, and keys where a hand would do as well: drawn by the processor, beside a map, its pictures and their encoders, each frame that a click
  // or a drag waits for takes the console seconds. What a large wall looks like is seen elsewhere.
  context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  wallPage = await context.newPage();
  await wallPage.setViewportSize({ width: 960, height: 540 });
  consolePage = await context.newPage();
  await wallPage.goto(room.wallUrl);
  await consolePage.goto(room.consoleUrl);
});

test.afterAll(async () => {
  await context.close();
  await room.stop();
  await platform.stop();
  await device.close();
  await source.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

const tile = (place: string) => wallPage.locator(`[data-cell="${place}"]`);

async function findCamera(text: string): Promise<void> {
  await consolePage.keyboard.press('Control+k');
  await consolePage.keyboard.type(text);
  await consolePage.locator('[data-combobox-option]:visible').first().waitFor();
  await consolePage.keyboard.press('Enter');
}

/** Mean lightness of the middle of a tile's picture, where this school's mask lies; 0..255. */
const lightness = async (place: string) =>
  await tile(place)
    .locator('video')
    .last()
    .evaluate((video) => {
      const canvas = new OffscreenCanvas(16, 9);
      const context2d = canvas.getContext('2d');
      context2d?.drawImage(video as HTMLVideoElement, 0, 0, 16, 9);
      const bytes = context2d?.getImageData(6, 5, 4, 2).data ?? new Uint8ClampedArray();
      return bytes.filter((_, at) => at % 4 !== 3).reduce((sum, value) => sum + value, 0) / ((bytes.length / 4) * 3);
    });

test('a leader’s tap on his phone lifts a school’s mask on the wall and in the preview at once, the tile says until when, and its end is as quick', async () => {
  await expect(consolePage.getByRole('tree')).toBeVisible();
  await findCamera('0103');
  await consolePage.getByTestId('preview').waitFor();
  await consolePage.locator('[data-place="1.2"]').press('Enter');
  await expect(tile('1.2')).toContainText(/0103|第二小学/);
  await expect(tile('1.2')).toContainText('实况', { timeout: 240_000 });
  await expect(tile('1.2')).toContainText('部分遮挡');
  const masked = await lightness('1.2');

  await consolePage.getByRole('button', { name: '申请解除' }).press('Enter');
  await consolePage.getByRole('button', { name: '呼叫带班领导' }).press('Enter');
  const phone = await context.newPage();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto(`${platform.url}/roster/`);
  await phone.getByLabel('账号').fill('leader');
  await phone.getByLabel('密码').fill('leader-demo');
  await phone.getByRole('button', { name: '登录' }).click();
  await phone.getByRole('button', { name: '同意', exact: true }).click();
  await expect(phone.getByRole('status')).toContainText('已同意');
  await phone.close();

  for (const place of [tile('1.2'), consolePage.getByTestId('preview')]) {
    await expect(place).toContainText(/已解除 · 至 \d\d:\d\d/);
    await expect(place).toContainText('实况');
    await expect(place.getByTestId('watermark')).toContainText('王建国');
  }
  await expect.poll(() => lightness('1.2')).toBeGreaterThan(masked + 30);

  await consolePage.getByRole('button', { name: '恢复遮挡' }).press('Enter');
  for (const place of [tile('1.2'), consolePage.getByTestId('preview')]) {
    await expect(place).toContainText('部分遮挡');
    await expect(place).not.toContainText('已解除');
  }
  await expect.poll(async () => Math.abs((await lightness('1.2')) - masked)).toBeLessThan(15);
});

test('an imported camera that can be steered turns while a button is held, and stops when it is let go', async () => {
  const folder = mkdtempSync(path.join(dataDir, 'import-'));
  const address = device.url.replace('onvif://', 'onvif://admin:geheim-42@');
  writeFileSync(path.join(folder, 'cameras.csv'), `编号,名称,所属区域,主码流\n9002,北门球机,城关镇,${address}\n`);
  expect(await runTool(['tools/import.ts', folder, '--data', dataDir])).toMatchObject({ code: 0 });
  const pad = consolePage.getByRole('group', { name: '云台' });
  await expect(async () => {
    await findCamera('9002');
    await expect(pad).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(pad.getByRole('status')).toContainText('空闲');
  await expect(consolePage.getByTestId('preview')).toContainText('实况', { timeout: 240_000 });

  const asked = () => device.asked.filter((action) => /Move|Stop|Goto/.test(action));
  await pad.getByRole('button', { name: '向左' }).hover();
  await consolePage.mouse.down();
  await expect.poll(() => asked().at(-1)).toMatch(/^ContinuousMove -/);
  await expect(pad.getByRole('status')).toContainText('本席控制中');
  await consolePage.mouse.up();
  await expect.poll(() => asked().at(-1)).toBe('Stop');
  await pad.getByRole('button', { name: '大门' }).click();
  await expect.poll(() => asked().at(-1)).toBe('GotoPreset 1');
  await pad.getByRole('button', { name: '释放' }).click();
  await expect(pad.getByRole('status')).toContainText('空闲');
});
