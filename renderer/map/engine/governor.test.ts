import { expect, test } from 'vitest';
import { createManualTimers } from '#contract/values/testing/manualTimers.ts';
import { createGovernor, fullDetail, type MapDetail, timeFrames } from './governor.ts';

function drive() {
  const timers = createManualTimers();
  const told: string[] = [];
  const words = ({ ratioShare, land, ages }: MapDetail) => `${ratioShare} ${land} ${ages}`;
  const governor = createGovernor({ timers, elapsedMs: timers.now, budgetMs: 40, onDetail: () => told.push(words(governor.detail())) });
  /** Frames of a map that moves all the while, or of one that rests. */
  const frames = (count: number, tookMs: number, how: 'moving' | 'resting' | 'loading' = 'moving') => {
    for (let frame = 0; frame < count; frame += 1) {
      if (how === 'moving') governor.moved();
      if (how === 'resting') timers.advance(1_000 - tookMs);
      timers.advance(tookMs);
      governor.drawn(tookMs);
    }
  };
  return { governor, told, frames, timers };
}

test('frames over the budget lose the hills and houses first, then pixels, then rings, down to half the pixels and no further', () => {
  const { governor, told, frames } = drive();
  frames(80, 90);
  expect(told).toEqual(['1 full rings', '1 plain rings', '0.75 plain rings', '0.75 plain none', '0.5 plain none']);
  expect([governor.detail(), governor.detailAtRest()]).toEqual([{ ratioShare: 0.5, land: 'plain', ages: 'none' }, fullDetail]);
});

test('a machine that needs a second for a frame draws less too', () => {
  const { governor, frames } = drive();
  for (let turn = 0; turn < 24; turn += 1) {
    governor.moved();
    frames(1, 650);
  }
  expect(governor.detail()).toEqual({ ratioShare: 0.5, land: 'plain', ages: 'none' });
});

test('a map that rests has everything again, and less from its first move on', () => {
  const { governor, told, frames, timers } = drive();
  frames(12, 90);
  timers.advance(700);
  expect([governor.detail(), told.at(-1)]).toEqual([fullDetail, '1 full rings']);
  governor.moved();
  expect([governor.detail().land, told.at(-1)]).toEqual(['plain', '0.75 plain rings']);
  // From one turn of the wheel to the next it does not rest.
  timers.advance(690);
  governor.moved();
  timers.advance(690);
  expect(governor.detail().ratioShare).toBe(0.75);
});

test('on a map that rests, a frame for the news of a second may take longer, but not as long as people notice', () => {
  const { governor, told, frames } = drive();
  frames(50, 240, 'resting');
  expect([told, governor.detail()]).toEqual([[], fullDetail]);
  frames(6, 300, 'resting');
  expect([told, governor.detailAtRest().land]).toEqual([['1 plain rings'], 'plain']);
  frames(19, 120, 'resting');
  expect(told.length).toBe(1);
  frames(1, 120, 'resting');
  expect([told.at(-1), governor.detailAtRest()]).toEqual(['1 full rings', fullDetail]);
});

test('tiles of the land that come one after the other to a map that rests cost it nothing', () => {
  const { governor, told, frames } = drive();
  frames(40, 300, 'loading');
  expect([told, governor.detailAtRest()]).toEqual([[], fullDetail]);
});

test('a governor that is closed says nothing more', () => {
  const { governor, told, frames, timers } = drive();
  frames(6, 90);
  const before = told.length;
  governor.close();
  timers.advance(5_000);
  expect(told.length).toBe(before);
});

test('a frame is timed until the page may draw again, and not by how far it lies from the next', () => {
  const clock = { ms: 0 };
  const waiting: (() => void)[] = [];
  const listeners = new Set<() => void>();
  const told: number[] = [];
  const stop = timeFrames({
    onFrame: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    page: { requestAnimationFrame: (run) => waiting.push(() => run(clock.ms)), cancelAnimationFrame: () => waiting.pop() },
    elapsedMs: () => clock.ms,
    tell: (tookMs) => told.push(tookMs),
  });
  const frame = () => listeners.forEach((listener) => listener());
  const pass = (ms: number) => {
    clock.ms += ms;
    waiting.splice(0).forEach((run) => run());
  };
  frame();
  pass(400);
  pass(5_000);
  frame();
  clock.ms += 10;
  frame();
  pass(10);
  expect(told).toEqual([400, 20]);
  frame();
  stop();
  expect([listeners.size, waiting.length]).toEqual([0, 0]);
});

test('a single slow frame changes nothing', () => {
  const { governor, told, frames } = drive();
  for (let turn = 0; turn < 20; turn += 1) {
    frames(5, 90);
    frames(1, 16);
  }
  expect([told, governor.detail()]).toEqual([['1 full rings'], fullDetail]);
});

test('when there is time again everything comes back step by step, and a step that had to be taken back is tried later each time', () => {
  const { told, frames } = drive();
  frames(13, 90);
  frames(180, 16);
  expect(told).toEqual(['1 full rings', '1 plain rings', '0.75 plain rings', '1 plain rings', '1 full rings']);
  frames(6, 90);
  frames(179, 16);
  expect(told.slice(5)).toEqual(['1 plain rings']);
  frames(1, 16);
  expect(told.slice(5)).toEqual(['1 plain rings', '1 full rings']);
});
