import { readFile } from 'node:fs/promises';
import type { CDPSession } from '@playwright/test';
import { expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import type { Layout, Tile } from '#contract/wall/index.ts';
import { openWallRoom, type WallRoom, whepCameraId } from '#test/builders/wallRoom.ts';
import { until } from '#test/fakes/until.ts';

const isLong = process.env['COMMANDWALL_LONG'] === '1';
const openings = isLong ? 1_000 : 100;

const tile = (number: number, player: 'push' | 'hls' | 'whep' = 'push'): Tile => ({
  kind: 'camera',
  content: { cameraId: `al-000${number}` as CameraId, player },
});

/** Scenes that open, replace and enlarge pictures of every kind; `live` is a cell that has to be live before the next one. */
const scenes: readonly { layout: Layout; tiles: readonly (Tile | null)[]; live: number | null }[] = [
  { layout: 4, tiles: [tile(1), tile(2, 'hls'), tile(3), tile(7, 'whep')], live: 3 },
  { layout: 1, tiles: [tile(1)], live: 0 },
  { layout: 4, tiles: [tile(1), tile(4), tile(5, 'hls'), tile(6)], live: 3 },
  { layout: 9, tiles: [tile(6), tile(5), tile(4), tile(3), tile(2), tile(1), tile(7, 'whep')], live: null },
  { layout: '1+5', tiles: [tile(2), tile(3), tile(4), tile(5), null, tile(6)], live: 0 },
  { layout: 4, tiles: [null, tile(2, 'hls'), tile(7, 'whep'), null], live: 2 },
];

/** How many objects of a class are alive in the page, whether they are in the document or not. */
async function alive(cdp: CDPSession, name: string): Promise<number> {
  const { result } = await cdp.send('Runtime.evaluate', { expression: `${name}.prototype` });
  const { objects } = await cdp.send('Runtime.queryObjects', { prototypeObjectId: result.objectId ?? '', objectGroup: 'count' });
  const counted = await cdp.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    // A closed connection may wait for the collector a little longer; one that is not closed never goes.
    functionDeclaration: "function () { return this.filter((each) => each.connectionState !== 'closed').length; }",
    returnByValue: true,
  });
  await cdp.send('Runtime.releaseObjectGroup', { objectGroup: 'count' });
  return counted.result.value as number;
}

/** What is left when every tile is empty. */
async function leftOver({ room, cdp }: { room: WallRoom; cdp: CDPSession }) {
  room.show({ layout: 4, tiles: [] });
  const viewers = () => room.gateway.gateway.openSources().reduce((sum, source) => sum + source.viewers, 0);
  // HLS has no socket that could close: its viewers are forgotten by the gateway after a while.
  await until(() => room.gateway.openSockets() === 0 && room.whep.openViews() === 0 && viewers() === 0);
  for (let times = 0; times < 3; times += 1) {
    await cdp.send('HeapProfiler.collectGarbage');
    for (const worker of room.page.workers()) await worker.evaluate(() => (globalThis as unknown as { gc(): void }).gc());
  }
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
  const browser = await room.browser.newBrowserCDPSession();
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  await browser.detach();
  return {
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    heapMB: metric('JSHeapUsedSize') / 2 ** 20,
    videos: await alive(cdp, 'HTMLVideoElement'),
    mediaSources: await alive(cdp, 'MediaSource'),
    peers: await alive(cdp, 'RTCPeerConnection'),
    workers: room.page.workers().length,
    processes: processInfo.length,
    residentMB: await largestRendererMB(processInfo),
  };
}

/** Memory of the page's process (the largest renderer): what a worker leaves behind is in it, and in no count of the page. */
async function largestRendererMB(processInfo: readonly { id: number; type: string }[]): Promise<number> {
  const sizes = processInfo.map(async ({ id }) => {
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    const isRenderer = (await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).includes('--type=renderer');
    return isRenderer ? Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024 : 0;
  });
  return Math.max(...(await Promise.all(sizes)));
}

test(`after ${openings} pictures of every kind were opened and closed, nothing of them is left`, async () => {
  await using closers = new AsyncDisposableStack();
  const room = await openWallRoom();
  closers.defer(() => room.close());
  const cdp = await room.page.context().newCDPSession(room.page);
  await cdp.send('Performance.enable');
  const opened = () => room.main.calls.filter(({ name }) => name === 'openView').length;
  const isThere = ({ tiles, live }: (typeof scenes)[number]): boolean => {
    const glass = live === null ? null : room.glassAt(live);
    const content = live === null ? null : (tiles[live]?.content as { cameraId: CameraId });
    return glass === null || (glass?.state === 'live' && glass.cameraId === content?.cameraId);
  };
  const goThrough = async (count: number) => {
    for (let turn = 0; opened() < count; turn += 1) {
      const scene = scenes[turn % scenes.length] ?? scenes[0];
      if (scene === undefined) return;
      const openedBefore = opened();
      room.show(scene);
      await until(() => opened() > openedBefore && isThere(scene));
    }
  };
  // Code, fonts and pools come with the first pictures.
  await goThrough(40);
  const before = await leftOver({ room, cdp });
  // The browser keeps what HLS has fetched, up to a limit of its own, which some sixty openings of HLS reach; memory is compared from then on.
  if (isLong) await goThrough(600);
  const middle = isLong ? await leftOver({ room, cdp }) : null;
  await goThrough(40 + openings);
  const after = await leftOver({ room, cdp });
  console.log(JSON.stringify({ opened: opened(), before, middle, after }));
  expect(room.main.calls.some(({ message }) => (message as { cameraId?: string }).cameraId === whepCameraId)).toBe(true);
  expect(after.nodes - before.nodes).toBeLessThanOrEqual(40);
  expect(after.listeners - before.listeners).toBeLessThanOrEqual(20);
  expect(after.heapMB - before.heapMB).toBeLessThan(3);
  // The most that were ever needed at once, and two for changes.
  expect(after.videos).toBeLessThanOrEqual(9 + 2 + 7);
  expect({ mediaSources: after.mediaSources, peers: after.peers }).toEqual({ mediaSources: 0, peers: 0 });
  expect(after.workers).toBe(before.workers);
  // Chromium starts and ends a process of its own now and then; pictures would leave dozens.
  expect(Math.abs(after.processes - before.processes)).toBeLessThanOrEqual(1);
  expect(after.residentMB - (middle?.residentMB ?? 0)).toBeLessThan(isLong ? 40 : 400);
}, 1_800_000);
