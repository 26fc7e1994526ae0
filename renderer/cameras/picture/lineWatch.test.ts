import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { ViewPriority } from '#contract/cameras/index.ts';
import { startLineWatch } from './lineWatch.ts';

/** A line whose streams are all `behindMs` behind, with pictures that can be lowered once. */
function open({ behind }: { behind: (nowMs: number) => readonly number[] }) {
  let nowMs = 1_000_000;
  const ticker = createStore<number>(() => nowMs);
  const watch = startLineWatch({ ticker, arrivals: () => behind(nowMs).map((behindMs) => nowMs - behindMs) });
  const lowered: string[] = [];
  const join = (place: string, priority: ViewPriority) => {
    let isMain = true;
    watch.join({
      rank: { place, priority },
      lower: () => {
        if (!isMain) return false;
        isMain = false;
        lowered.push(place);
        return true;
      },
    });
  };
  const advance = (ms: number) => {
    for (const untilMs = nowMs + ms; nowMs < untilMs; ) {
      nowMs += 500;
      ticker.setState(nowMs, true);
    }
  };
  return { join, lowered, advance };
}

test('a line whose streams are all behind for two seconds gets smaller pictures, the alarm last', () => {
  const { join, lowered, advance } = open({ behind: () => [3_000, 4_000] });
  join('1', 'usual');
  join('2', 'alarm');
  join('3', 'focused');
  advance(2_000);
  expect(lowered).toEqual([]);
  advance(1_000);
  expect(lowered).toEqual(['1', '3']);
  advance(9_000);
  expect(lowered).toEqual(['1', '3', '2']);
});

test('one slow stream among others, or one alone, is not the line', () => {
  for (const behind of [[400, 9_000], [9_000], []]) {
    const { join, lowered, advance } = open({ behind: () => behind });
    join('1', 'usual');
    advance(20_000);
    expect(lowered).toEqual([]);
  }
});

test('a window that was blocked for five seconds and catches up is not a slow line', () => {
  const { join, lowered, advance } = open({ behind: (nowMs) => (nowMs < 1_001_000 ? [5_000, 5_000] : [600, 600]) });
  join('1', 'usual');
  advance(20_000);
  expect(lowered).toEqual([]);
});
