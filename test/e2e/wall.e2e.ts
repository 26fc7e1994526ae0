import { expect } from '@playwright/test';
import type { CameraId } from '#contract/values/index.ts';
import type { GlassCell } from '#contract/wall/index.ts';
import type { FakeMain } from '../fakes/fakeMain.ts';
import { cameraTile } from '../fakes/fakeRoom.ts';
import { decodedFrames, test, tileAt } from './windowsRoom.ts';

const glassAt = (main: FakeMain, cell: number): GlassCell | undefined => main.room().glass[0]?.cells.find((known) => known.cell === cell);
const stateAt = (main: FakeMain, cell: number) => expect.poll(() => glassAt(main, cell)?.state, { timeout: 30_000 });

test('a camera on a tile is live: frames are decoded, its picture time advances, and main is told', async ({ startRoom }) => {
  const { main, openWall } = await startRoom({ tiles: [cameraTile('al-0001'), { kind: 'clock', content: {} }] });
  const page = await openWall();
  await expect(tileAt(page, '1.1')).toContainText('实况');
  await expect(tileAt(page, '1.1')).toContainText('沿河路口');
  await stateAt(main, 0).toBe('live');
  const firstFrames = await decodedFrames(page, '1.1');
  const firstPictureAtMs = glassAt(main, 0)?.lastPictureAtMs ?? 0;
  await expect.poll(() => decodedFrames(page, '1.1')).toBeGreaterThan(firstFrames + 10);
  await expect.poll(() => glassAt(main, 0)?.lastPictureAtMs).toBeGreaterThan(firstPictureAtMs + 1000);
  await expect(tileAt(page, '1.2')).toContainText('1/1 实况');
  await expect(tileAt(page, '1.3')).toHaveText('1.3');
});

test('a frozen source is stale, offline when the record says so, with its last picture and who repairs it, and comes back by itself', async ({
  startRoom,
}) => {
  const { main, gateway, openWall } = await startRoom({ tiles: [cameraTile('al-0001')] });
  const page = await openWall();
  await stateAt(main, 0).toBe('live');
  const processId = gateway.gateway.openSources()[0]?.processId ?? 0;
  process.kill(processId, 'SIGSTOP');
  await expect(tileAt(page, '1.1')).toContainText(/停滞 \d+ 秒/);
  await expect(tileAt(page, '1.1').locator('[data-treatment="hatched"]')).toBeVisible();
  await stateAt(main, 0).toBe('stale');
  const source = { kind: 'lost', sinceMs: Date.now(), reason: 'noData' } as const;
  main.change({ cameras: [{ cameraId: 'al-0001' as CameraId, version: 1, source, fault: null }] });
  await stateAt(main, 0).toBe('offline');
  await expect(tileAt(page, '1.1')).toContainText('起离线');
  await expect(tileAt(page, '1.1')).toContainText('最后画面');
  await expect(tileAt(page, '1.1')).toContainText('电信 李工');
  await expect(tileAt(page, '1.1').locator('canvas')).toBeVisible();
  process.kill(processId, 'SIGCONT');
  await expect(tileAt(page, '1.1')).toContainText('实况');
  await expect(tileAt(page, '1.1').locator('[data-treatment="clean"]')).toBeVisible();
  await stateAt(main, 0).toBe('live');
});

test('a camera that speaks HLS plays in the same tile, with the time of its playlist', async ({ startRoom }) => {
  const { main, openWall } = await startRoom({ tiles: [{ kind: 'camera', content: { cameraId: 'al-0002', player: 'hls' } }] });
  const page = await openWall();
  await expect(tileAt(page, '1.1')).toContainText('实况');
  await stateAt(main, 0).toBe('live');
  const firstFrames = await decodedFrames(page, '1.1');
  await expect.poll(() => decodedFrames(page, '1.1')).toBeGreaterThan(firstFrames + 10);
});

test('what the platform refuses is said in words, not shown as a broken picture', async ({ startRoom }) => {
  const { gateway, openWall } = await startRoom({ tiles: [cameraTile('al-0001'), cameraTile('al-1999'), cameraTile('nowhere')] });
  gateway.refuseAll('access.notAllowed');
  const page = await openWall();
  await expect(tileAt(page, '1.1')).toContainText('没有权限或不在辖区内');
  await expect(tileAt(page, '1.2')).toContainText('该摄像机未接入视频网关');
  await expect(tileAt(page, '1.3')).toContainText('没有这路摄像机');
});

test('pictures go on while the platform link is down and while main is away, and the room is followed again after', async ({
  startRoom,
}) => {
  const { main, openWall } = await startRoom({ tiles: [cameraTile('al-0001')] });
  const page = await openWall();
  await stateAt(main, 0).toBe('live');
  main.change({ link: { ...main.room().link, kind: 'down', sinceMs: Date.now() } });
  await expect(page.getByRole('status')).toContainText('平台连接中断');
  main.change({ link: { ...main.room().link, kind: 'live' } });
  await expect(page.getByRole('status')).toHaveCount(0);
  const before = await decodedFrames(page, '1.1');
  main.cutBridges();
  await expect.poll(() => main.calls.filter(({ name }) => name === 'hello').length).toBe(2);
  await expect.poll(() => decodedFrames(page, '1.1')).toBeGreaterThan(before + 10);
  main.change({ language: 'en' });
  await expect(tileAt(page, '1.1')).toContainText('Live');
  await expect(tileAt(page, '1.1')).toContainText('Riverside Road');
});

test('a page that is loaded again finds back to its room without a new code, and a second page of the same window ends the first', async ({
  startRoom,
}) => {
  const { main, openWall } = await startRoom({ tiles: [cameraTile('al-0001')] });
  const page = await openWall();
  await stateAt(main, 0).toBe('live');
  await page.reload();
  await expect.poll(() => main.calls.filter(({ name }) => name === 'hello').length).toBe(2);
  await expect(tileAt(page, '1.1')).toContainText('实况');
  main.replaceBridges();
  await expect(page.getByRole('status')).toContainText('本窗口已在别处打开');
  expect(main.calls.filter(({ name }) => name === 'hello')).toHaveLength(2);
});

test('a tile that is replaced shows nothing of the old camera, and the old stream is closed', async ({ startRoom }) => {
  const { main, gateway, openWall } = await startRoom({ layout: 1, tiles: [cameraTile('al-0001')] });
  const page = await openWall();
  await stateAt(main, 0).toBe('live');
  const [scene] = main.room().wall.displays;
  if (scene === undefined) throw new Error('the room has no display');
  main.change({ wall: { version: 2, displays: [{ ...scene, tiles: scene.tiles.with(0, cameraTile('al-0003')) }] } });
  await expect(tileAt(page, '1.1')).toContainText('大桥北头');
  await expect.poll(() => glassAt(main, 0)).toMatchObject({ cameraId: 'al-0003', state: 'live' });
  await expect
    .poll(() =>
      gateway.gateway
        .openSources()
        .filter(({ viewers }) => viewers > 0)
        .map(({ cameraId }) => cameraId),
    )
    .toEqual(['al-0003']);
});
