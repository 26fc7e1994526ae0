import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMapMemory } from '#main/map/index.ts';
import { createFakeTime } from './fakeTime.ts';
import { type MapDeed, openMapWindows } from './mapConsoles.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'map-consoles-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Two consoles and a wall of one desk. */
async function open({ lateMs = [5, 20, 10], marks = 'told' }: { lateMs?: readonly number[]; marks?: 'told' | 'none' } = {}) {
  const time = createFakeTime();
  const closers = new AsyncDisposableStack();
  const memory = await openMapMemory({ folder, timers: time.timers, log: pino({ level: 'silent' }), closers });
  const { windows, said } = openMapWindows({ time, memory, kinds: ['moves', 'moves', 'fixed'], lateMs, marks });
  const [one, two, wall] = windows;
  if (one === undefined || two === undefined || wall === undefined) throw new Error('no windows');
  for (const window of windows) closers.defer(window.close);
  return { time, windows, said, one, two, wall, [Symbol.asyncDispose]: () => closers.disposeAsync() };
}

const deed = fc.oneof(
  fc.record({ kind: fc.constant('move' as const), zoom: fc.integer({ min: 20, max: 60 }).map((zoom) => zoom / 4) }),
  fc.record({ kind: fc.constant('choose' as const), regionId: fc.constantFrom('a', 'b', 'c') }),
  fc.record({ kind: fc.constant('circle' as const), radiusM: fc.integer({ min: 1, max: 40 }).map((steps) => steps * 100) }),
  fc.constant({ kind: 'clear' as const }),
  fc.constant({ kind: 'layer' as const }),
  fc.record({ kind: fc.constant('follow' as const), following: fc.constantFrom('live' as const, 'own' as const) }),
);
const story = fc.record({
  lateMs: fc.tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 120 })),
  steps: fc.array(fc.record({ who: fc.constantFrom(0, 1), deed, pauseMs: fc.integer({ min: 0, max: 900 }) }), {
    minLength: 1,
    maxLength: 25,
  }),
});

test('however two consoles move, choose, break off and come back: when their hands rest, all maps of the desk show what main has', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ lateMs, steps }) => {
      await using desk = await open({ lateMs });
      const { time, windows, one, two, wall, said } = desk;
      for (const { who, deed: done, pauseMs } of steps) {
        (who === 0 ? one : two).do(done);
        await time.advance(pauseMs);
      }
      for (const window of [one, two]) window.do({ kind: 'follow', following: 'live' });
      await time.advance(5_000);
      const calls = windows.map((window) => window.calls());
      const moves = windows.map((window) => window.toldMoves());
      const shown = windows.map((window) => window.shows());
      expect([shown[1], shown[2]]).toEqual([shown[0], shown[0]]);
      const look = said();
      if (look !== null) expect([shown[0]?.view.zoom, shown[0]?.cameras]).toEqual([look.camera.zoom, look.layers['cameras']]);
      await time.advance(10_000);
      // Nothing goes on by itself.
      expect([windows.map((window) => window.calls()), windows.map((window) => window.toldMoves())]).toEqual([calls, moves]);
      expect(wall.calls()).toBe(0);
    }),
    { numRuns: 150 },
  );
});

const drag = (zooms: readonly number[]): MapDeed[] => zooms.map((zoom) => ({ kind: 'move', zoom }));

test('a follower says nothing of what it takes over', async () => {
  await using desk = await open();
  for (const move of drag([9.5, 10, 10.5, 11])) {
    desk.one.do(move);
    await desk.time.advance(150);
  }
  desk.one.do({ kind: 'circle', radiusM: 500 });
  await desk.time.advance(3_000);
  expect([desk.two.shows(), desk.two.calls(), desk.wall.calls()]).toEqual([desk.one.shows(), 0, 0]);
});

test('a map that took its told moves for those of a hand would be heard saying them again', async () => {
  await using desk = await open({ marks: 'none' });
  desk.one.do({ kind: 'move', zoom: 11 });
  await desk.time.advance(3_000);
  expect(desk.two.calls()).toBeGreaterThan(0);
});

test('while one console leads, the hand of the other is let be, told that another leads, and its map goes there when it rests', async () => {
  await using desk = await open();
  const { one, two, wall, time } = desk;
  const led: boolean[] = [];
  for (let step = 0; step < 10; step += 1) {
    one.do({ kind: 'move', zoom: 10 + step / 10 });
    await time.advance(50);
    two.do({ kind: 'move', zoom: 6 + step / 10 });
    await time.advance(50);
    led.push(two.store.getState().isLed);
  }
  expect([two.shows().view.zoom, wall.shows().view.zoom > 9, led.at(-1), one.store.getState().isLed]).toEqual([6.9, true, true, false]);
  await time.advance(3_000);
  expect([two.shows().view.zoom, wall.shows().view.zoom, two.store.getState().isLed]).toEqual([10.9, 10.9, false]);
  two.do({ kind: 'move', zoom: 7 });
  await time.advance(3_000);
  expect([one.shows().view.zoom, wall.shows().view.zoom]).toEqual([7, 7]);
});

test('a console that broke off is followed by nobody and follows nobody until it is back', async () => {
  await using desk = await open();
  const { one, two, wall, time } = desk;
  one.do({ kind: 'move', zoom: 11 });
  await time.advance(3_000);
  two.do({ kind: 'follow', following: 'own' });
  two.do({ kind: 'move', zoom: 6 });
  two.do({ kind: 'circle', radiusM: 300 });
  one.do({ kind: 'move', zoom: 12 });
  await time.advance(3_000);
  expect([two.calls(), two.shows().view.zoom, wall.shows().view.zoom, wall.shows().selection]).toEqual([0, 6, 12, '']);
  two.do({ kind: 'follow', following: 'live' });
  await time.advance(3_000);
  expect([two.shows(), two.calls()]).toEqual([one.shows(), 0]);
});
