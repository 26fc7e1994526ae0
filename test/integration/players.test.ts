import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CameraId, WindowId } from '#contract/values/index.ts';
import type { Tile } from '#contract/wall/index.ts';
import { openWallRoom, type WallRoom, whepCameraId } from '#test/builders/wallRoom.ts';
import { openPushWindow } from '#test/fakes/pushWindow.ts';
import { watchStandstills } from '#test/fakes/standstills.ts';
import { until } from '#test/fakes/until.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

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
  // The gateway runs here: what stands because it may not run is no picture's fault.
  using stood = watchStandstills({ fromMs: 400, catchesUpMs: 0 });
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
  expect(watched.longestMs - stood.longestMs()).toBeLessThan(3_000);
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

const four = ['al-0001', 'al-0002', 'al-0003', 'al-0004'];
const showFour = async () => {
  room.show({ layout: 4, tiles: four.map((cameraId) => tile(cameraId)) });
  await until(() => four.every((cameraId, cell) => isLive(cell, cameraId)));
};
const sentMB = () => room.gateway.bytesSent() / 2 ** 20;

test('a window whose main thread is blocked for five seconds again and again shows its pictures again, and the gateway keeps nothing of it', async () => {
  await showFour();
  const kept: number[] = [];
  const sent: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const before = sentMB();
    await room.page.evaluate(() => {
      const endMs = performance.now() + 5_000;
      while (performance.now() < endMs);
    });
    sent.push(sentMB() - before);
    kept.push(await keptMB());
    await until(() => four.every((cameraId, cell) => isLive(cell, cameraId)));
  }
  console.log(
    `kept after each blocking, MB: ${kept.map((each) => each.toFixed(1)).join(' ')}; sent: ${sent.map((each) => each.toFixed(1)).join(' ')}`,
  );
  // What is read from ffmpeg lies about until it is collected; what is *kept* does not grow, though each round sent many times as much.
  const [first = Number.NaN, ...later] = kept;
  expect(Math.max(...later) - first).toBeLessThan(Math.min(...sent) / 4);
});

test('a window that is stopped whole is sent no more than its credit, and plays again when it goes on', async () => {
  await showFour();
  const pid = await pageProcess(room);
  const windowId = WindowId.parse('beside');
  const right = await room.gateway.media.openView({ cameraId: 'al-0001' as CameraId, quality: 'sub', windowId });
  if (!right.ok) throw new Error(right.refusal.code);
  const beside = await openPushWindow({ url: right.value.pushUrl, window: windowId });
  beside.tell({ type: 'open', channel: 1, token: right.value.token });
  const received = () => beside.received.filter(({ isInit }) => !isInit);
  await until(() => received().length > 2);
  const isReceivedUntilS = () => received().reduce((sum, { durationS }) => sum + durationS, 0);
  const sizeMB = () => beside.received.reduce((sum, { bytes }) => sum + bytes.length, 0) / 2 ** 20;

  process.kill(pid, 'SIGSTOP');
  const [begunS, begunMB, begunSentMB] = [isReceivedUntilS(), sizeMB(), sentMB()];
  await until(() => isReceivedUntilS() > begunS + 8);
  const oneMB = sizeMB() - begunMB;
  const toStoppedMB = sentMB() - begunSentMB - oneMB;
  process.kill(pid, 'SIGCONT');
  await beside.close();
  console.log(`in 8 s a reader of one camera had ${oneMB.toFixed(1)} MB, the stopped window of four cameras ${toStoppedMB.toFixed(1)} MB`);
  await until(() => four.every((cameraId, cell) => isLive(cell, cameraId)));
  // Half a MiB of credit a camera, a piece that was begun, and what the socket reader of the browser had from before.
  expect(toStoppedMB).toBeLessThan(4 * 0.5 + 0.5);
  // Without credit it would have been four times this.
  expect(oneMB).toBeGreaterThan(toStoppedMB);
});

/** What this process, in which the gateway runs, still holds when all that nobody holds is collected, in MB. */
async function keptMB(): Promise<number> {
  // The bytes of buffers that were found to be nobody's are let go of beside the program, and counted until then.
  for (let turn = 0; turn < 3; turn += 1) {
    collect();
    await new Promise((done) => setImmediate(done));
  }
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return (arrayBuffers + heapUsed) / 2 ** 20;
}

/** The process that draws the wall's page: the one renderer of the browser that is busy while the page is. */
async function pageProcess({ browser, page }: WallRoom): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const renderers = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer');
  };
  const before = new Map((await renderers()).map(({ id, cpuTime }) => [id, cpuTime]));
  await page.evaluate(() => {
    const endMs = performance.now() + 500;
    while (performance.now() < endMs);
  });
  const used = (await renderers()).map(({ id, cpuTime }) => ({ id, usedS: cpuTime - (before.get(id) ?? 0) }));
  await session.detach();
  return used.reduce((a, b) => (b.usedS > a.usedS ? b : a)).id;
}
