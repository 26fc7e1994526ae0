import { expect, test } from 'vitest';
import { createGovernor, fullDetail, type MapDetail, timeFrames } from './governor.ts';

function drive() {
  const clock = { ms: 0 };
  const told: string[] = [];
  const words = ({ ratioShare, land, ages }: MapDetail) => `${ratioShare} ${land} ${ages}`;
  const governor = createGovernor({ elapsedMs: () => clock.ms, budgetMs: 40, onDetail: (detail) => told.push(words(detail)) });
  const frames = (count: number, tookMs: number, restMs = 0) => {
    for (let frame = 0; frame < count; frame += 1) {
      clock.ms += restMs + tookMs;
      governor.drawn(tookMs);
    }
  };
  return { governor, told, frames };
}

test('frames over the budget lose the hills and houses first, then pixels, then rings, down to half the pixels and no further', () => {
  const { governor, told, frames } = drive();
  frames(80, 90);
  expect(told).toEqual(['1 plain rings', '0.75 plain rings', '0.75 plain none', '0.5 plain none']);
  expect(governor.detail()).toEqual({ ratioShare: 0.5, land: 'plain', ages: 'none' });
});

test('a machine that needs a second for a frame draws less too', () => {
  const { governor, frames } = drive();
  frames(24, 1_000);
  expect(governor.detail()).toEqual({ ratioShare: 0.5, land: 'plain', ages: 'none' });
});

test('on a map that rests, a frame for the news of a second may take longer, but not as long as people wait', () => {
  const { governor, told, frames } = drive();
  frames(50, 90, 1_000);
  expect([told, governor.detail()]).toEqual([[], fullDetail]);
  frames(6, 300, 700);
  expect(told).toEqual(['1 plain rings']);
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
  expect([told, governor.detail()]).toEqual([[], fullDetail]);
});

test('when there is time again everything comes back step by step, and a step that had to be taken back is tried later each time', () => {
  const { told, frames } = drive();
  frames(13, 90);
  frames(180, 16);
  expect(told).toEqual(['1 plain rings', '0.75 plain rings', '1 plain rings', '1 full rings']);
  frames(6, 90);
  frames(179, 16);
  expect(told.slice(4)).toEqual(['1 plain rings']);
  frames(1, 16);
  expect(told.slice(4)).toEqual(['1 plain rings', '1 full rings']);
});
