import { expect, test } from 'vitest';
import { createOpenings } from './openings.ts';
import type { Rank } from './priority.ts';

/** Openings with a clock that the test moves. */
function open() {
  let nowMs = 1_000;
  let waiting: { atMs: number; run: () => void }[] = [];
  const openings = createOpenings({
    clock: { nowMs: () => nowMs },
    timers: {
      afterMs: (delayMs, run) => {
        waiting.push({ atMs: nowMs + delayMs, run });
        return () => {};
      },
    },
  });
  const advance = async (ms: number) => {
    nowMs += ms;
    const due = waiting.filter(({ atMs }) => atMs <= nowMs);
    waiting = waiting.filter(({ atMs }) => atMs > nowMs);
    for (const { run } of due) run();
    await Promise.resolve();
  };
  return { openings, advance };
}

test('all tiles of a layout ask together: the focused one first, then the alarm, then by place', async () => {
  const { openings, advance } = open();
  const asked: string[] = [];
  const ask = (rank: Rank) => void openings.toAsk(rank).then(() => asked.push(rank.place));
  for (const place of ['HDMI-1/10', 'HDMI-1/2', 'HDMI-1/0']) ask({ priority: 'usual', place });
  ask({ priority: 'alarm', place: 'HDMI-1/30' });
  ask({ priority: 'focused', place: 'console/preview' });
  await advance(10);
  expect(asked).toEqual([]);
  await advance(10);
  expect(asked).toEqual(['console/preview', 'HDMI-1/30', 'HDMI-1/0', 'HDMI-1/2', 'HDMI-1/10']);
});

test('four full pictures of one recorder are opened per second, and another recorder does not wait for it', async () => {
  const { openings, advance } = open();
  const opened: string[] = [];
  for (let index = 0; index < 10; index += 1) void openings.toOpenMain('nvr-a').then(() => opened.push('a'));
  void openings.toOpenMain('nvr-b').then(() => opened.push('b'));
  await advance(0);
  expect(opened.join('')).toBe('aaaab');
  await advance(999);
  expect(opened.join('')).toBe('aaaab');
  await advance(1);
  expect(opened.join('')).toBe('aaaabaaaa');
  await advance(1_000);
  expect(opened.join('')).toBe('aaaabaaaaaa');
});
