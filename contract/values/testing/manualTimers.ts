import type { Timers } from '../ports.ts';

/** Timers that a test moves, with their clock. */
export type ManualTimers = Timers & {
  /** Runs what falls due within so many milliseconds, in its order. */
  advance(ms: number): void;
  /** Milliseconds since they were made. */
  now(): number;
  /** How many have not run and were not given up. */
  waiting(): number;
};

/** Makes them; their clock stands at 0. */
export function createManualTimers(): ManualTimers {
  let nowMs = 0;
  let waiting: { atMs: number; run: () => void }[] = [];
  return {
    afterMs: (delayMs, run) => {
      const entry = { atMs: nowMs + delayMs, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance: (ms) => {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = waiting.filter(({ atMs }) => atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        waiting = waiting.filter((other) => other !== next);
        nowMs = next.atMs;
        next.run();
      }
      nowMs = untilMs;
    },
    now: () => nowMs,
    waiting: () => waiting.length,
  };
}
