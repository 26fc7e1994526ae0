import { expect, test } from 'vitest';
import { createNewsLine } from './newsLine.ts';
import type { PushNews } from './pushMessages.ts';

const points = (channel: number, mediaTime: number): PushNews => ({
  type: 'points',
  channel,
  points: [{ mediaTime, durationS: 0.24, arrivedAtMs: 1_800_000_000_000, sourceAtMs: null }],
});

test("a stream's first points go at once, later ones of all streams together; whatever else is told takes them along, in order", () => {
  const time = handTimers();
  const posted: (readonly PushNews[])[] = [];
  const news = createNewsLine({ post: (told) => posted.push(told), timers: time });
  news.tell(points(1, 0));
  news.tell(points(2, 0));
  expect(posted.splice(0)).toEqual([[points(1, 0)], [points(2, 0)]]);
  news.tell(points(1, 1));
  news.tell(points(2, 1));
  news.tell(points(1, 2));
  expect(posted).toEqual([]);
  time.fire();
  expect(posted.splice(0)).toEqual([[points(1, 1), points(2, 1), points(1, 2)]]);
  news.tell(points(1, 3));
  news.tell({ type: 'ended', channel: 2, code: 'push.socketClosed' });
  time.fire();
  expect(posted.splice(0)).toEqual([[points(1, 3), { type: 'ended', channel: 2, code: 'push.socketClosed' }]]);
});

test('a channel that was closed or has ended begins anew', () => {
  const posted: (readonly PushNews[])[] = [];
  const news = createNewsLine({ post: (told) => posted.push(told), timers: handTimers() });
  news.tell(points(1, 0));
  news.forget(1);
  news.tell(points(1, 1));
  expect(posted).toEqual([[points(1, 0)], [points(1, 1)]]);
});

/** What is due is run by hand. */
function handTimers() {
  let due: (() => void)[] = [];
  return {
    afterMs: (_: number, run: () => void) => {
      due.push(run);
      return () => void (due = due.filter((other) => other !== run));
    },
    fire: () => {
      for (const run of due.splice(0)) run();
    },
  };
}
