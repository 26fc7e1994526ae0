import type { Timers } from '#contract/values/index.ts';

/** Lets at most so many processes start per second, in order. The returned function leaves the queue. */
export type StartQueue = { enqueue(start: () => void): () => void };

export function createStartQueue({ startsPerSecond, timers }: { startsPerSecond: number; timers: Timers }): StartQueue {
  const waiting = new Set<{ start: () => void }>();
  let startedThisSecond = 0;

  const startNext = () => {
    for (const entry of waiting) {
      if (startedThisSecond >= startsPerSecond) return;
      waiting.delete(entry);
      if (startedThisSecond === 0) {
        timers.afterMs(1000, () => {
          startedThisSecond = 0;
          startNext();
        });
      }
      startedThisSecond += 1;
      entry.start();
    }
  };

  return {
    enqueue(start) {
      const entry = { start };
      waiting.add(entry);
      startNext();
      return () => void waiting.delete(entry);
    },
  };
}
