import { expect, test } from 'vitest';
import { createManualTimers } from '#contract/values/testing/manualTimers.ts';
import { createSilenceDeadline } from './deadline.ts';

test('silence is told after its whole time, and not while something comes', () => {
  const timers = createManualTimers();
  const deadline = createSilenceDeadline(timers);
  let told = 0;
  const hear = () => deadline.set(2_500, () => (told += 1));
  hear();
  timers.advance(2_450);
  hear();
  timers.advance(2_499);
  const before = told;
  timers.advance(1);
  expect([before, told]).toEqual([0, 1]);
});

test('a process that itself stood still reads first what came meanwhile', () => {
  const waiting: { run: () => void; isCanceled: boolean }[] = [];
  const timers = {
    afterMs: (_: number, run: () => void) => {
      const timer = { run, isCanceled: false };
      waiting.push(timer);
      return () => {
        timer.isCanceled = true;
      };
    },
  };
  /** All that is due fires at once, before anything is read; what is set by then is not due yet. */
  const wakeUp = () => waiting.splice(0).forEach(({ run, isCanceled }) => isCanceled || run());
  const deadline = createSilenceDeadline(timers);
  let told = 0;
  deadline.set(2_500, () => (told += 1));
  wakeUp();
  deadline.set(2_500, () => (told += 1));
  wakeUp();
  expect(told).toBe(0);
  wakeUp();
  expect(told).toBe(1);
});
