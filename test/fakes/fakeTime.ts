import type { Clock, Timers } from '#contract/values/index.ts';

/** Time that stands still until a test moves it. */
export type FakeTime = {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Moves on, running what falls due in order, with room for promises in between. */
  advance(ms: number): Promise<void>;
};

type Pending = { readonly dueMs: number; readonly order: number; readonly run: () => void };

/** Starts at `startMs` (epoch ms). */
export function createFakeTime(startMs = 1_800_000_000_000): FakeTime {
  const pending = new Set<Pending>();
  let nowMs = startMs;
  let count = 0;
  const next = () => [...pending].toSorted((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0];
  return {
    clock: { nowMs: () => nowMs },
    timers: {
      afterMs: (delayMs, run) => {
        count += 1;
        const timer = { dueMs: nowMs + delayMs, order: count, run };
        pending.add(timer);
        return () => void pending.delete(timer);
      },
    },
    advance: async (ms) => {
      const untilMs = nowMs + ms;
      await settled();
      for (let timer = next(); timer !== undefined && timer.dueMs <= untilMs; timer = next()) {
        pending.delete(timer);
        nowMs = Math.max(nowMs, timer.dueMs);
        timer.run();
        await settled();
      }
      nowMs = untilMs;
    },
  };
}

/** Everything that promises have queued up so far, in-memory work only, is done after one turn of the event loop. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
