import { expect, test } from 'vitest';
import type { Camera } from '#contract/cameras/index.ts';
import { createPositionColumns, setPosition } from '#contract/responders/index.ts';
import { granted, type LngLat, refused } from '#contract/values/index.ts';
import type { Land } from '../land/createLand.ts';
import type { RankedCamera } from '../sight/rankCameras.ts';
import { createLandAccess } from './landAccess.ts';
import { createMapAdvice } from './mapAdvice.ts';

const [here, there]: LngLat[] = [
  [108, 33],
  [108.1, 33],
] as [LngLat, LngLat];
const camera = (id: string, location: LngLat | null) =>
  ({ id, location, azimuthDeg: 90, fieldOfViewDeg: 90, rangeM: 500, streams: ['sub'] }) as unknown as Camera;
const cameras = [camera('near', [107.999, 33]), camera('far', [108.02, 33]), camera('town', [108.099, 33]), camera('nowhere', null)];

/** Advice over these cameras and one person; time goes on, and the land answers, when the test says so. */
function open(land: Partial<Land> = {}) {
  const columns = createPositionColumns({ size: 1, directoryRevision: 1 });
  setPosition(columns, 0, { measuredAtMs: 1_000, lng: 108, lat: 33.01, headingDeg: 0, status: 0 });
  const due = new Set<() => void>();
  const whole = createLandAccess({ pack: () => undefined, open: () => expect.unreachable('there is no pack') });
  const advice = createMapAdvice({
    timers: {
      afterMs: (_, run) => {
        due.add(run);
        return () => void due.delete(run);
      },
    },
    land: { ...whole, ...land },
    nowMs: () => 2_000,
    positions: () => columns,
    cameras: () => cameras,
    isLost: (id) => id === 'far',
    votesAt: () => new Map(),
  });
  const pass = () => {
    for (const run of [...due]) {
      due.delete(run);
      run();
    }
  };
  const told = () => new Promise<void>((resolve) => advice.store.subscribe((now, before) => now.about !== before.about && resolve()));
  return { advice, pass, due, told };
}

const idsOf = (ranked: readonly RankedCamera[]) => ranked.map(({ cameraId }) => cameraId);

test('without a pack there are cameras within two kilometres, and people in a straight line', async () => {
  const { advice, pass, told } = open();
  advice.follow({ at: here, among: null });
  pass();
  await told();
  const { cameras: ranked, responders, roads, about } = advice.store.getState();
  expect([idsOf(ranked), roads, about, responders.map(({ index, way }) => [index, way])]).toEqual([
    ['near', 'far'],
    'unknown',
    here,
    [[0, null]],
  ]);
  expect(ranked[0]?.remarks.map(({ kind }) => kind).toSorted()).toEqual(['housesUnknown', 'landUnknown']);
});

test('a place that is named once more is the same question: what is known of it stays, and is known to be about it', async () => {
  const { advice, pass, told } = open();
  advice.follow({ at: here, among: null });
  advice.follow({ at: [here[0], here[1]], among: null });
  pass();
  await told();
  const { at, about } = advice.store.getState();
  expect([at === about, at]).toEqual([true, here]);
});

test('of an area its own cameras are ranked, however far they are', async () => {
  const { advice, pass, told } = open();
  advice.follow({ at: here, among: new Set([cameras[2]!.id]) });
  pass();
  await told();
  expect(idsOf(advice.store.getState().cameras)).toEqual(['town']);
});

test('ways that the land tells stand with those they lead from, and a refusal leaves straight lines', async () => {
  const way = { kind: 'onFoot', minutes: 12, walkM: 900 } as const;
  const known = open({ waysTo: async ({ from }) => granted(from.map(() => way)) });
  known.advice.follow({ at: here, among: null });
  known.pass();
  await known.told();
  const refusing = open({ waysTo: async () => refused('map.notARoadGraph') });
  refusing.advice.follow({ at: here, among: null });
  refusing.pass();
  await refusing.told();
  expect(
    [known, refusing].map(({ advice }) => advice.store.getState()).map(({ roads, responders }) => [roads, responders[0]?.way]),
  ).toEqual([
    ['known', way],
    ['unknown', null],
  ]);
});

test('an answer about the place before is never shown for the new one, and nothing is asked about no place', async () => {
  const answers: (() => void)[] = [];
  const { advice, pass, told, due } = open({
    waysTo: () => new Promise((resolve) => answers.push(() => resolve(granted([])))),
  });
  advice.follow({ at: here, among: null });
  pass();
  advice.follow({ at: there, among: null });
  pass();
  const first = told();
  answers.forEach((answer) => answer());
  await first;
  expect([advice.store.getState().about, idsOf(advice.store.getState().cameras)]).toEqual([there, ['town']]);
  advice.follow(null);
  expect([advice.store.getState().cameras, due.size]).toEqual([[], 0]);
});
