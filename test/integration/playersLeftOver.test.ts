import { expect, test } from 'vitest';
import type { CameraPlayer } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { Layout, Tile } from '#contract/wall/index.ts';
import { type LeftOver, openUnwatchedPage, type UnwatchedPage } from '#test/builders/unwatchedPage.ts';
import { openWallFeed, type WallFeed } from '#test/builders/wallFeed.ts';
import { until } from '#test/fakes/until.ts';

const isLong = process.env['COMMANDWALL_LONG'] === '1';
/** Openings of each player, and how many of them lie between two looks at what is left. */
const openings = isLong ? 1_000 : 100;
const lookEvery = openings / 20;
/**
 * How much more memory the last fifth of the looks may see than the second one. What a browser fills once and keeps (code, pools, caches) is full by
 * the second fifth; a leak goes on. m: the medians of a clean run lie within 6 MB of each other, and a video element that is left is 0.3 MB and more.
 */
const mostGrownMB = { heapMB: 2, residentMB: isLong ? 15 : 25 };

type Scene = { readonly layout: Layout; readonly tiles: readonly (Tile | null)[] };
const tile = (number: number, player: CameraPlayer): Tile => ({
  kind: 'camera',
  content: { cameraId: `al-000${number}` as CameraId, player },
});
const tiles = (numbers: readonly number[], player: CameraPlayer) => numbers.map((number) => tile(number, player));

/** Scenes that open, replace and enlarge pictures; the first cell of each has to be live before the next one comes. */
const scenes: { readonly [Player in CameraPlayer]: readonly Scene[] } = {
  push: scenesOf('push'),
  hls: scenesOf('hls'),
  // One camera speaks WebRTC; it can be seen several times at once.
  whep: [
    { layout: 4, tiles: [tile(7, 'whep'), tile(7, 'whep'), tile(7, 'whep')] },
    { layout: 4, tiles: [tile(1, 'push'), null, tile(7, 'whep'), tile(7, 'whep')] },
  ],
};

function scenesOf(player: CameraPlayer): readonly Scene[] {
  return [
    { layout: 9, tiles: tiles([1, 2, 3, 4, 5, 6], player) },
    { layout: 9, tiles: tiles([6, 5, 4, 3, 2, 1], player) },
    { layout: 1, tiles: tiles([3], player) },
    { layout: '1+5', tiles: tiles([2, 3, 4, 5, 6, 1], player) },
  ];
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Opens pictures until `count` were opened, then empties the wall. */
async function openUpTo({ count, feed, player }: { count: number; feed: WallFeed; player: CameraPlayer }): Promise<void> {
  const opened = () => openedBy(feed);
  for (let turn = 0; opened() < count; turn += 1) {
    const scene = scenes[player][turn % scenes[player].length];
    const [first] = scene?.tiles ?? [];
    if (scene === undefined || first?.kind !== 'camera') return;
    const openedBefore = opened();
    feed.show(scene);
    const isThere = () =>
      feed.glassAt(0)?.state === 'live' && feed.glassAt(0)?.cameraId === (first.content as { cameraId: string }).cameraId;
    await until(() => opened() > openedBefore && isThere());
  }
  feed.show({ layout: 4, tiles: [] });
  // HLS has no connection that would end: the window says that nothing is shown any more.
  const isEmpty = () => (feed.main.room().glass[0]?.cells ?? []).every(({ cameraId }) => cameraId === null);
  await until(() => isEmpty() && feed.gateway.openSockets() === 0 && feed.whep.openViews() === 0);
}

const openedBy = (feed: WallFeed): number => feed.main.calls.filter(({ name }) => name === 'openView').length;

/** Looks at what is left after every few openings. */
async function lookAfterEach({
  feed,
  page,
  player,
}: {
  feed: WallFeed;
  page: UnwatchedPage;
  player: CameraPlayer;
}): Promise<readonly LeftOver[]> {
  const looks: LeftOver[] = [];
  for (let count = lookEvery; count <= openings; count += lookEvery) {
    await openUpTo({ count, feed, player });
    looks.push(await page.leftOver());
  }
  return looks;
}

/** Opens the pictures of one player in a fresh browser, and looks at what is left. `prepare` gets the page before. */
async function looksAt(player: CameraPlayer, prepare: (page: UnwatchedPage) => Promise<void> = async () => {}) {
  await using closers = new AsyncDisposableStack();
  const feed = await openWallFeed({ size: '320x180' });
  closers.defer(() => feed.close());
  const page = await openUnwatchedPage(feed.pageUrl());
  closers.defer(() => page.close());
  await prepare(page);
  const looks = await lookAfterEach({ feed, page, player });
  const mb = (name: 'heapMB' | 'residentMB') => looks.map((look) => Math.round(look[name] * 10) / 10).join(' ');
  console.log(`${player}, ${openedBy(feed)} openings. Resident MB: ${mb('residentMB')}. Heap MB: ${mb('heapMB')}.`);
  console.log(`At last: ${JSON.stringify(looks.at(-1))}`);
  // HLS has no socket that could close: its viewers are forgotten by the gateway after a while.
  await until(() => feed.gateway.gateway.openSources().every(({ viewers }) => viewers === 0));
  return looks;
}

/** How much more there is at the last fifth of the looks than at the second. */
function grownOver(looks: readonly LeftOver[]): (name: keyof LeftOver) => number {
  const fifth = looks.length / 5;
  const [early, late] = [looks.slice(fifth, 2 * fifth), looks.slice(-fifth)];
  return (name) => median(late.map((look) => look[name])) - median(early.map((look) => look[name]));
}

test.each(['push', 'hls', 'whep'] as const)(
  `after ${openings} openings of %s nothing of them is left, and memory does not go on growing`,
  { timeout: 1_800_000 },
  async (player) => {
    const looks = await looksAt(player);
    const grown = grownOver(looks);
    expect(grown('nodes')).toBeLessThanOrEqual(20);
    expect(grown('listeners')).toBeLessThanOrEqual(10);
    // Chromium starts and ends a process of its own now and then; pictures would leave dozens.
    expect(Math.abs(grown('processes'))).toBeLessThanOrEqual(1);
    expect(grown('heapMB')).toBeLessThan(mostGrownMB.heapMB);
    expect(grown('residentMB')).toBeLessThan(mostGrownMB.residentMB);
    // The push worker is there from the window's start; nothing else has one.
    expect(looks.at(-1)).toMatchObject({ mediaSources: 0, openPeers: 0, workers: 1 });
    // The most that are ever needed at once, and as many for changes; they are used again and again.
    expect(looks.at(-1)?.videos).toBeLessThanOrEqual(2 * 6 + 2);
  },
);

test('the same measure finds what is left where something is: a browser that keeps what it fetched for whoever listens', async () => {
  const looks = await looksAt('hls', async ({ session }) => await session.tell('Network.enable'));
  expect(looks.at(-1)!.residentMB - looks[0]!.residentMB).toBeGreaterThan(2 * mostGrownMB.residentMB);
}, 1_800_000);
