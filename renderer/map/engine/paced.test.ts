import { expect, test } from 'vitest';
import { paced } from './paced.ts';

function drive() {
  const waiting = new Set<() => void>();
  let runs = 0;
  const { ask, stop } = paced({
    timers: {
      afterMs: (_, run) => {
        waiting.add(run);
        return () => void waiting.delete(run);
      },
    },
    everyMs: 1_000,
    run: () => {
      runs += 1;
    },
  });
  const pass = () => {
    for (const run of [...waiting]) {
      waiting.delete(run);
      run();
    }
  };
  return { ask, stop, pass, runs: () => runs, waiting };
}

test('the first is run at once, all others of the same second once at its end, and the next second begins there', () => {
  const { ask, pass, runs } = drive();
  ask();
  expect(runs()).toBe(1);
  ask();
  ask();
  expect(runs()).toBe(1);
  pass();
  expect(runs()).toBe(2);
  ask();
  expect(runs()).toBe(2);
  pass();
  expect(runs()).toBe(3);
});

test('after a second in which nobody asked the next one is run at once', () => {
  const { ask, pass, runs, waiting } = drive();
  ask();
  pass();
  expect([runs(), waiting.size]).toEqual([1, 0]);
  ask();
  expect(runs()).toBe(2);
});

test('once it is stopped nothing is run any more', () => {
  const { ask, stop, pass, runs, waiting } = drive();
  ask();
  ask();
  stop();
  pass();
  expect([runs(), waiting.size]).toEqual([1, 0]);
});
