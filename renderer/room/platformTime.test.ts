import { beforeEach, expect, test } from 'vitest';
import { drawingsAt } from '#contract/map/index.ts';
import { isStale } from '#contract/responders/index.ts';
import { createPlatformTime } from './platformTime.ts';

const hourMs = 3_600_000;
let clockMs: number;
let elapsed: number;
let now: (offsetMs: number) => number;
beforeEach(() => {
  [clockMs, elapsed] = [1_000_000_000, 50];
  now = createPlatformTime({ clock: { nowMs: () => clockMs }, elapsedMs: () => elapsed });
});

function pass(ms: number) {
  clockMs += ms;
  elapsed += ms;
}

test('is the clock with its offset', () => {
  const at = now(7);
  pass(1_000);
  expect([at, now(7)]).toEqual([1_000_000_007, 1_000_001_007]);
});

test('a clock that is set back by an hour makes no old place a fresh one and shortens no drawing’s life', () => {
  const measuredAtMs = now(0);
  const drawings = new Map([['d', { id: 'd', expiresAtMs: measuredAtMs + 90_000 }]]) as never;
  pass(30_000);
  clockMs -= hourMs;
  const early = [isStale({ measuredAtMs, nowMs: now(0) }), drawingsAt(drawings, now(0)).length];
  pass(61_000);
  expect([early, isStale({ measuredAtMs, nowMs: now(0) }), drawingsAt(drawings, now(0)).length]).toEqual([[false, 1], true, 0]);
  // The clock alone would have it fresh, and the drawing would stand for an hour more.
  expect([isStale({ measuredAtMs, nowMs: clockMs }), drawingsAt(drawings, clockMs).length]).toEqual([false, 1]);
});

test('what main has compared counts, earlier or later', () => {
  now(0);
  clockMs += hourMs;
  expect(now(0)).toBe(1_000_000_000 + hourMs);
  expect(now(-hourMs)).toBe(1_000_000_000);
  pass(500);
  expect(now(-hourMs)).toBe(1_000_000_500);
});

test('a machine that slept goes by its clock', () => {
  now(0);
  clockMs += 8 * hourMs;
  elapsed += 10;
  expect(now(0)).toBe(1_000_000_000 + 8 * hourMs);
});
