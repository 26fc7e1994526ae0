import type { Timers } from '#contract/values/index.ts';

/** Runs what is asked for at once, and what is asked for again within `everyMs` once, at the end of it. */
export function paced({ timers, everyMs, run }: { timers: Timers; everyMs: number; run: () => void }): { ask(): void; stop(): void } {
  let cancel: (() => void) | null = null;
  let isAskedAgain = false;
  const rest = () => {
    cancel = timers.afterMs(everyMs, () => {
      cancel = null;
      if (!isAskedAgain) return;
      isAskedAgain = false;
      rest();
      run();
    });
  };
  return {
    ask: () => {
      if (cancel !== null) {
        isAskedAgain = true;
        return;
      }
      rest();
      run();
    },
    stop: () => {
      cancel?.();
      cancel = null;
      isAskedAgain = false;
    },
  };
}
