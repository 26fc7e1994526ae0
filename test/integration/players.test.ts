import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import type { GlassReport, Tile } from '#contract/wall/index.ts';
import { openWallRoom, type WallRoom, whepCameraId } from '#test/builders/wallRoom.ts';
import { until } from '#test/fakes/until.ts';

let room: WallRoom;
beforeAll(async () => {
  room = await openWallRoom();
});
afterAll(() => room.close());

const tile = (cameraId: string, player: 'push' | 'whep' = 'push'): Tile => ({
  kind: 'camera',
  content: { cameraId: cameraId as CameraId, player },
});
const isLive = (cell: number, cameraId: string) => {
  const glass = room.glassAt(cell);
  return glass?.state === 'live' && glass.cameraId === cameraId;
};

/** What was on glass at each refresh of the display while a test went on, in a cell of the wall. */
type Watched = { readonly titles: readonly string[]; readonly covered: number; readonly empty: number; readonly longestMs: number };

/** Runs in the page: looks at the picture of the first cell at each refresh, until `stopWatching`. */
function startWatching(): void {
  const seen = { titles: new Set<string>(), covered: 0, empty: 0, longestMs: 0 };
  let lastFrames = 0;
  let changedAtMs = performance.now();
  let isOn = true;
  const look = () => {
    const host = document.querySelector('[data-cell="1.1"] [title]');
    // The one on top: a coming one lies beneath.
    const video = host === null ? undefined : [...host.querySelectorAll('video')].at(-1);
    if (host !== null) seen.titles.add(host.getAttribute('title') ?? '');
    if (host?.querySelector('canvas')?.dataset['shown'] === 'true') seen.covered += 1;
    if (video === undefined || video.readyState < 2 || video.videoWidth === 0) seen.empty += 1;
    const frames = video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
    if (frames !== lastFrames) changedAtMs = performance.now();
    lastFrames = frames;
    seen.longestMs = Math.max(seen.longestMs, performance.now() - changedAtMs);
    if (isOn) requestAnimationFrame(look);
  };
  look();
  const stopWatching = () => {
    isOn = false;
    return { ...seen, titles: [...seen.titles] };
  };
  Object.assign(window, { stopWatching });
}

test('a tile that grows and shrinks again changes its rendition with never an empty, covered or standing picture between', async () => {
  room.show({ layout: 9, tiles: [tile('al-0001')] });
  await until(() => isLive(0, 'al-0001'));
  await room.page.evaluate(startWatching);
  const asked = () =>
    room.main.calls.filter(({ name }) => name === 'openView').map(({ message }) => (message as { quality: string }).quality);
  const viewers = () => room.gateway.gateway.openSources().filter((source) => source.viewers > 0);
  room.show({ layout: 1, tiles: [tile('al-0001')] });
  await until(() => viewers().length === 1 && viewers()[0]?.quality === 'main');
  room.show({ layout: 9, tiles: [tile('al-0001')] });
  await until(() => viewers().length === 1 && viewers()[0]?.quality === 'sub');
  const watched: Watched = await room.page.evaluate(() => (window as unknown as { stopWatching(): Watched }).stopWatching());
  expect(asked()).toEqual(['sub', 'main', 'sub']);
  expect(watched).toMatchObject({ titles: ['子码流，网关推送', '主码流，网关推送'], covered: 0, empty: 0 });
  // Push calls a picture still after three seconds.
  expect(watched.longestMs).toBeLessThan(3_000);
});

test('a camera that speaks WebRTC is live in its tile, stale while it stands still, and live again by itself', async () => {
  room.show({ layout: 4, tiles: [tile(whepCameraId, 'whep')] });
  await until(() => isLive(0, whepCameraId));
  expect(room.whep.openViews()).toBe(1);
  await room.whep.freeze('still');
  await until(() => room.glassAt(0)?.state === 'stale');
  await room.whep.freeze('moving');
  await until(() => isLive(0, whepCameraId));
  room.show({ layout: 4, tiles: [] });
  await until(() => room.whep.openViews() === 0);
});

test('one ffmpeg that is stopped makes its tile stale within seconds and no other one; when it goes on, the tile shows what comes', async () => {
  const cameras = ['al-0001', 'al-0002', 'al-0003', 'al-0004'];
  room.show({ layout: 4, tiles: cameras.map((cameraId) => tile(cameraId)) });
  await until(() => cameras.every((cameraId, cell) => isLive(cell, cameraId)));
  const stopped = room.gateway.gateway
    .openSources()
    .find(({ cameraId, quality }) => cameraId === 'al-0001' && quality === 'sub')?.processId;
  const reportsBefore = room.main.calls.length;
  const stoppedAtMs = Date.now();
  process.kill(stopped!, 'SIGSTOP');
  await until(() => room.glassAt(0)?.state === 'stale');
  const afterMs = Date.now() - stoppedAtMs;
  process.kill(stopped!, 'SIGCONT');
  await until(() => isLive(0, 'al-0001'));
  const isCovered = () => room.page.evaluate(() => document.querySelector<HTMLElement>('[data-cell="1.1"] canvas')?.dataset['shown']);
  expect(await isCovered()).not.toBe('true');
  const others = room.main.calls
    .slice(reportsBefore)
    .filter(({ name }) => name === 'reportGlass')
    .flatMap(({ message }) => (message as GlassReport).cells.filter(({ cell }) => cell > 0).map(({ state }) => state));
  console.log(`stale ${afterMs} ms after ffmpeg was stopped; ${others.length} reports of the others`);
  expect([others.length > 0, others.every((state) => state === 'live')]).toEqual([true, true]);
  // Three seconds without a frame, and what it takes to be told of it.
  expect(afterMs).toBeLessThan(5_000);
});

test('a window whose main thread was blocked for five seconds shows its pictures again, and the gateway kept no heap of them', async () => {
  room.show({ layout: 4, tiles: ['al-0001', 'al-0002', 'al-0003', 'al-0004'].map((cameraId) => tile(cameraId)) });
  await until(() => isLive(0, 'al-0001') && isLive(1, 'al-0002') && isLive(2, 'al-0003') && isLive(3, 'al-0004'));
  const before = process.memoryUsage();
  await room.page.evaluate(() => {
    const endMs = performance.now() + 5_000;
    while (performance.now() < endMs);
  });
  const after = process.memoryUsage();
  const grownMB = (after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed) / 2 ** 20;
  await until(() => isLive(0, 'al-0001') && isLive(3, 'al-0004'));
  const opened = room.main.calls.filter(({ name }) => name === 'openView').length;
  console.log(`gateway grew by ${grownMB.toFixed(1)} MB, ${opened} views opened`);
  // Four cameras of 1.1 MB/s for five seconds would be 22 MB; credit and one group of pictures each are far below.
  expect(grownMB).toBeLessThan(20);
});
