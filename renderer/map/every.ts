import type { Timers } from '#contract/values/index.ts';

/** Runs something again and again until the answer is called. */
export function every({ timers, ms, run }: { timers: Timers; ms: number; run: () => void }): () => void {
  let cancel = () => {};
  const again = () => {
    run();
    cancel = timers.afterMs(ms, again);
  };
  cancel = timers.afterMs(ms, again);
  return () => cancel();
}
