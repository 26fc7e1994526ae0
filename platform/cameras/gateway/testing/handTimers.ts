import type { Clock, Timers } from '#contract/values/index.ts';

/** Timers and a clock that a test moves by hand. */
export type HandTimers = { readonly timers: Timers; readonly clock: Clock; advanceMs(byMs: number): void; waiting(): number };

export function createHandTimers({ startMs = 1_763_800_000_000 }: { startMs?: number } = {}): HandTimers {
  let nowMs = startMs;
  let waiting: readonly { readonly atMs: number; readonly run: () => void }[] = [];
  const runNext = (untilMs: number): boolean => {
    const [next] = waiting.filter((timer) => timer.atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs);
    if (next === undefined) return false;
    waiting = waiting.filter((timer) => timer !== next);
    nowMs = next.atMs;
    next.run();
    return true;
  };
  return {
    clock: { nowMs: () => nowMs },
    timers: {
      afterMs(delayMs, run) {
        const timer = { atMs: nowMs + delayMs, run };
        waiting = [...waiting, timer];
        return () => {
          waiting = waiting.filter((other) => other !== timer);
        };
      },
    },
    advanceMs(byMs) {
      const untilMs = nowMs + byMs;
      while (runNext(untilMs));
      nowMs = untilMs;
    },
    waiting: () => waiting.length,
  };
}
