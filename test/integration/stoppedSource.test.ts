import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CameraId, WindowId } from '#contract/values/index.ts';
import type { GlassReport, Tile } from '#contract/wall/index.ts';
import { openWallRoom, type WallRoom } from '#test/builders/wallRoom.ts';
import { holesOf, openPushWindow, type PushWindow } from '#test/fakes/pushWindow.ts';
import { slowFrom, watchStandstills } from '#test/fakes/standstills.ts';
import { until } from '#test/fakes/until.ts';

const cameras = ['al-0001', 'al-0002', 'al-0003', 'al-0004'] as const;
const [victim, ...others] = cameras;

let room: WallRoom;
let beside: PushWindow;
beforeAll(async () => {
  room = await openWallRoom();
  beside = await lookBeside();
});
afterAll(async () => {
  await beside.close();
  await room.close();
});

/** A second reader of the same streams, which sees with this test's clock what the gateway says and sends, and when. */
async function lookBeside(): Promise<PushWindow> {
  const windowId = WindowId.parse('beside');
  const rights = await Promise.all(
    cameras.map(async (cameraId) => await room.gateway.media.openView({ ...{ cameraId, quality: 'sub', windowId } })),
  );
  const grants = rights.flatMap((right) => (right.ok ? [right.value] : []));
  const window = await openPushWindow({ url: grants[0]?.pushUrl ?? '', window: windowId });
  for (const [index, { token }] of grants.entries()) window.tell({ type: 'open', channel: index + 1, token });
  return window;
}

const fragmentsOf = (channel: number) => beside.received.filter((whole) => whole.channel === channel && !whole.isInit);
const saidOf = (channel: number) =>
  beside.notices.flatMap((notice) => (notice.type === 'source' && notice.channel === channel ? [notice.source.kind] : []));
const glassOf = (cell: number) => room.glassAt(cell)?.state;

/** What a tile said at each change of its words, and the longest that its element showed no new frame, by this machine's clock. */
type Watched = { readonly said: readonly { readonly word: string; readonly atMs: number }[]; readonly longestStillMs: number };

/** Runs in the page: hears each change of what a tile says of itself, until `wordsOfTiles` is asked. */
function startListening(places: readonly string[]): void {
  const watched = places.map((place) => {
    const tile = document.querySelector(`[data-cell="${place}"]`);
    const word = () => tile?.querySelector('[data-tone]')?.textContent ?? '';
    const said = [{ word: word(), atMs: Date.now() }];
    const hear = () => {
      if (word() !== said.at(-1)?.word) said.push({ word: word(), atMs: Date.now() });
    };
    if (tile !== null) new MutationObserver(hear).observe(tile, { subtree: true, childList: true, characterData: true });
    const still = { frames: 0, sinceMs: performance.now(), longestMs: 0 };
    return { tile, said, still };
  });
  const look = () => {
    for (const { tile, still } of watched) {
      const frames = tile?.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
      still.longestMs = Math.max(still.longestMs, performance.now() - still.sinceMs);
      if (frames === still.frames) continue;
      Object.assign(still, { frames, sinceMs: performance.now() });
    }
    requestAnimationFrame(look);
  };
  look();
  Object.assign(window, { wordsOfTiles: () => watched.map(({ said, still }) => ({ said, longestStillMs: Math.round(still.longestMs) })) });
}

test('one ffmpeg that is stopped: its tile is stale because the gateway says so, no other one is disturbed, and it shows again what comes', async () => {
  using stood = watchStandstills(slowFrom);
  const tiles = cameras.map((cameraId): Tile => ({ kind: 'camera', content: { cameraId: cameraId as CameraId, player: 'push' } }));
  room.show({ layout: 4, tiles });
  await until(() => cameras.every((_, cell) => glassOf(cell) === 'live' && fragmentsOf(cell + 1).length > 2));
  await room.page.evaluate(
    startListening,
    cameras.map((_, cell) => `1.${cell + 1}`),
  );
  const watched = async (): Promise<readonly Watched[]> =>
    await room.page.evaluate(() => (window as unknown as { wordsOfTiles(): Watched[] }).wordsOfTiles());
  const processOf = room.gateway.gateway.openSources().find(({ cameraId, quality }) => cameraId === victim && quality === 'sub')?.processId;
  if (typeof processOf !== 'number') throw new Error('no process');
  const reportsBefore = room.main.calls.length;
  const sentBefore = others.map((_, index) => fragmentsOf(index + 2).length);

  const stoppedAtMs = Date.now();
  process.kill(processOf, 'SIGSTOP');
  await until(() => saidOf(1).at(-1) === 'lost');
  const lostAtMs = Date.now();
  await room.page.waitForFunction(() => document.querySelector('[data-cell="1.1"] [data-treatment="hatched"]') !== null);
  await until(() => glassOf(0) === 'stale');
  const reportedAtMs = Date.now();
  const [stale, ...rest] = await watched();
  process.kill(processOf, 'SIGCONT');
  await until(() => glassOf(0) === 'live');
  const [again] = await watched();

  const staleAtMs = stale?.said.at(-1)?.atMs ?? Number.NaN;
  const lastArrivedAtMs = Math.max(...fragmentsOf(1).flatMap(({ arrivedAtMs }) => (arrivedAtMs < lostAtMs ? [arrivedAtMs] : [])));
  console.log(
    `after SIGSTOP of one ffmpeg, ms: its last fragment ${lastArrivedAtMs - stoppedAtMs}, the gateway says lost ${lostAtMs - stoppedAtMs}, ` +
      `its tile says stale ${staleAtMs - stoppedAtMs}, main knows ${reportedAtMs - stoppedAtMs}; ` +
      `longest without a new frame beside it ${rest.map(({ longestStillMs }) => longestStillMs).join(' ')}`,
  );
  // It says so with the gateway's word, one second before the glass alone would have shown it.
  expect([stale?.said.map(({ word }) => word), again?.said.at(-1)?.word]).toEqual([['实况', '停滞'], '实况']);
  expect(rest.map(({ said }) => said.map(({ word }) => word))).toEqual(others.map(() => ['实况']));
  const isHidden = await room.page.evaluate(() => document.querySelector<HTMLElement>('[data-cell="1.1"] canvas')?.dataset['shown']);
  expect(isHidden).not.toBe('true');
  const reported = room.main.calls
    .slice(reportsBefore)
    .filter(({ name }) => name === 'reportGlass')
    .flatMap(({ message }) => (message as GlassReport).cells.filter(({ cell }) => cell > 0).map(({ state }) => state));
  expect([reported.length > 0, new Set(reported)]).toEqual([true, new Set(['live'])]);
  // Every picture of the others went out, none after a hole, and the gateway said nothing of them.
  expect(others.map((_, index) => fragmentsOf(index + 2).length > (sentBefore[index] ?? 0))).toEqual(others.map(() => true));
  expect(others.map((_, index) => holesOf(beside, { channel: index + 2, stood }))).toEqual(others.map(() => 0));
  expect(others.map((_, index) => saidOf(index + 2))).toEqual(others.map(() => ['flowing']));
});
