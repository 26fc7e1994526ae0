import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { keepPiece } from '../bench/pieces.ts';
import { joinRows, joinTiles, type WallRun } from '../bench/wall/joinRuns.ts';
import type { TileFigures } from '../bench/wall/measureTiles.ts';
import type { ViewSample } from '../bench/wall/measureView.ts';
import { boundsOf, ratiosOf } from '../bench/wall/ratios.ts';

const usual: ViewSample = {
  ...{ problem: null, areTilesRight: true, firstTileMs: 300, viewMs: 600, cpuPercent: 40, cpuByThread: {}, gatewayPercent: 10 },
  ...{ memoryMiB: 400, memoryByKind: {}, latencyMs: 800, shownShare: 1, droppedFrames: 0, stalls: 0, mainTiles: 0 },
  ...{ tileWidthPx: 478, tileHeightPx: 268 },
};
const plain = { ...usual, cpuPercent: 80 };
const lossy = { ...plain, shownShare: 0.9, problem: 'only 90.0 % of the source’s frames were shown' };
const still = { ...plain, areTilesRight: false, problem: 'tile 3 stands still' };
type Views = TileFigures['views'];
const runOf = (views: Views, floor: readonly number[] = []) => ({ tiles: [{ tiles: 16, views, floor }] });
const times = (count: number, sample: ViewSample) => Array.from({ length: count }, () => sample);

test('a side that showed too little, or that makes the gateway work more, gives no ratio', () => {
  const keysOf = (push: Partial<ViewSample>) => Object.keys(ratiosOf([runOf({ push: [{ ...usual, ...push }], hls: [plain] })]));
  expect(ratiosOf([runOf({ push: [usual], hls: [plain] }, [20])])).toMatchObject({ cpuVsHls16: 0.5, cpuVsFloor16: 2 });
  expect([keysOf({}).length, keysOf({ problem: 'a tile stands still' }), keysOf({ gatewayPercent: 12.5 })]).toEqual([4, [], []]);
});

test('of five repetitions one that does not count is left out; of two, or twice of five, the side is', () => {
  const keyOf = (hls: readonly ViewSample[]) => ratiosOf([runOf({ push: times(5, usual), hls })])['cpuVsHls16'];
  const bad = { ...lossy, cpuPercent: 1_000 };
  expect([keyOf([...times(4, plain), bad]), keyOf([plain, bad]), keyOf([...times(3, plain), bad, bad])]).toEqual([
    0.5,
    undefined,
    undefined,
  ]);
});

test('a plain page that only lost frames gives no key but a bound with its share; one that stood still gives nothing', () => {
  const runs = (uncapped: ViewSample) => [runOf({ push: [usual], uncapped: [uncapped] })];
  expect([ratiosOf(runs(lossy)), boundsOf(runs(lossy))]).toEqual([
    {},
    { cpuVsUncapped16: { atMost: 0.5, perShownFrame: 0.45, shown: 0.9 } },
  ]);
  expect([boundsOf(runs(still)), boundsOf(runs(plain)), boundsOf([runOf({ push: [lossy], uncapped: [lossy] })])]).toEqual([{}, {}, {}]);
});

test('what is compared was measured in the same runs: a side of another hour is in the table only', () => {
  const hourOfHls = runOf({ push: [usual], hls: [plain] }, [10]);
  const hourOfLl = runOf({ push: [{ ...usual, cpuPercent: 60 }], llHls: [{ ...plain, cpuPercent: 120 }] });
  const loneHls = runOf({ hls: [{ ...plain, cpuPercent: 1 }] });
  expect(ratiosOf([hourOfHls, hourOfLl, loneHls])).toMatchObject({ cpuVsHls16: 0.5, cpuVsLlHls16: 0.5, cpuVsFloor16: 4 });
  expect(joinTiles([hourOfHls, hourOfLl, loneHls])[0]?.views.hls?.map(({ cpuPercent }) => cpuPercent)).toEqual([80, 1]);
});

test('pieces of one commit are put together in one file, those of another are refused', async () => {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'commandwall-pieces-')), 'wall.json');
  const row = { sources: 1, viewers: 1, gateway: [{ cpuPercent: 1, memoryMiB: 2, deliveredShare: 1 }], plain: [] };
  const piece: WallRun = {
    machine: 'load 1',
    commit: 'aaaaaaa',
    tiles: [{ tiles: 36, views: { push: [usual] }, floor: [] }],
    gateway: [row],
  };
  await keepPiece(file, piece);
  const runs = await keepPiece(file, { ...piece, tiles: [{ tiles: 1, views: { push: [usual, usual] }, floor: [] }] });
  expect(joinTiles(runs).map(({ tiles, views }) => [tiles, views.push?.length])).toEqual([
    [1, 2],
    [36, 1],
  ]);
  expect(joinRows(runs)).toEqual([{ ...row, gateway: [...row.gateway, ...row.gateway] }]);
  await expect(keepPiece(file, { ...piece, commit: 'bbbbbbb' })).rejects.toThrow('aaaaaaa');
});
