import { expect, test } from 'vitest';
import { createSourceClock } from './sourceClock.ts';

const startMs = 1_763_800_000_000;

/** Feeds fragments of a quarter of a second whose clock is off by what `offMs` says; answers which of them have a camera time. */
function provenOf(offMs: (index: number) => number | null, { from = 0, count = 60 } = {}) {
  const clock = createSourceClock();
  return Array.from({ length: count }, (_none, index) => {
    const off = offMs(index + from);
    return clock.sourceAtMs({ clockMs: off === null ? null : startMs + index * 250 + off, mediaTime: index * 0.25 }) !== null;
  });
}

test('a clock that keeps step with the pictures is proven after a while, however wrong its date is', () => {
  const proven = provenOf((index) => -3 * 60_000 + (index % 2));
  expect([proven.indexOf(true), proven.lastIndexOf(false)]).toEqual([20, 19]);
});

test('a clock that jitters like a pipe never is', () => {
  expect(provenOf((index) => (index * 7) % 11)).not.toContain(true);
});

test('a jump takes the proof away', () => {
  const proven = provenOf((index) => (index < 40 ? 0 : 500));
  expect([proven[39], proven[40], proven[59]]).toEqual([true, false, false]);
});

test('without a clock there is nothing to prove', () => {
  expect(provenOf(() => null)).not.toContain(true);
});
