import type { Timers } from '#contract/values/index.ts';

/** One timer that can be moved: setting it again forgets the earlier time. */
export type Deadline = { set(delayMs: number, run: () => void): void; clear(): void };

export function createDeadline(timers: Timers): Deadline {
  let cancel: (() => void) | null = null;
  const clear = () => {
    cancel?.();
    cancel = null;
  };
  return {
    set(delayMs, run) {
      clear();
      cancel = timers.afterMs(delayMs, () => {
        cancel = null;
        run();
      });
    },
    clear,
  };
}
