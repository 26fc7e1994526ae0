import { expect, test } from 'vitest';
import type { WindowId } from '#contract/values/index.ts';
import { createHandTimers } from '../testing/handTimers.ts';
import { createBlockingSeats } from './blockingSeats.ts';

const windowId = 'window-1' as WindowId;

test('over HTTP/1.1 so many streams of a window may wait, each as often as it likes; others get a seat when one is free', () => {
  const time = createHandTimers();
  const seats = createBlockingSeats({ timers: time.timers, seats: 2, keptMs: 1_000 });
  const take = (stream: string, from = windowId) => seats.take({ windowId: from, stream, httpVersion: 1 });
  expect([take('a'), take('b'), take('a'), take('c')]).toEqual([true, true, true, false]);
  expect(take('c', 'window-2' as WindowId)).toBe(true);
  time.advanceMs(600);
  expect(take('b')).toBe(true);
  time.advanceMs(600);
  expect([take('c'), take('a')]).toEqual([true, false]);
});

test('over HTTP/2 nobody is counted', () => {
  const seats = createBlockingSeats({ timers: createHandTimers().timers, seats: 0, keptMs: 1_000 });
  expect(seats.take({ windowId, stream: 'a', httpVersion: 2 })).toBe(true);
  expect(seats.take({ windowId, stream: 'a', httpVersion: 1 })).toBe(false);
});
