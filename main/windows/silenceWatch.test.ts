import { expect, test } from 'vitest';
import type { Timers, WindowId } from '#contract/values/index.ts';
import { createSilenceWatch } from './silenceWatch.ts';

test('only a window that had begun to report, and stopped, is told of, and once', () => {
  const pending = new Set<() => void>();
  const timers: Timers = {
    afterMs: (_delayMs, run) => {
      pending.add(run);
      return () => void pending.delete(run);
    },
  };
  const silent: string[] = [];
  const watch = createSilenceWatch({ timers, onSilent: (windowId) => silent.push(windowId) });
  for (const window of ['a', 'b', 'a']) watch.heard(window as WindowId);
  watch.forget('b' as WindowId);
  const waiting = pending.size;
  for (const run of [...pending]) run();
  expect([waiting, silent, pending.size]).toEqual([1, ['a'], 0]);
});
