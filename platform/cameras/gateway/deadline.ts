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

// Longer than one turn of the event loop over the pipes of a whole gateway.
const lookAgainMs = 100;

/**
 * A deadline for what is to come from outside. When this process itself stood still (a stopped virtual machine, a long collection of garbage), the timer is
 * due before what came meanwhile was read: so the last part of the time begins only when the first is over, and there is a chance to read. As long in sum.
 */
export function createSilenceDeadline(timers: Timers): Deadline {
  const deadline = createDeadline(timers);
  return {
    set(delayMs, run) {
      const lastMs = Math.min(lookAgainMs, delayMs / 2);
      deadline.set(delayMs - lastMs, () => deadline.set(lastMs, run));
    },
    clear: deadline.clear,
  };
}
