import type { Clock, Randomness, Timers } from '#contract/values/index.ts';

/** The browser's own clock, timers and randomness; entries hand them in, tests hand in others. `elapsedMs`: since some moment, whatever the clock is set to. */
export const systemPorts: {
  readonly clock: Clock;
  readonly elapsedMs: () => number;
  readonly timers: Timers;
  readonly random: Randomness;
} = {
  clock: { nowMs: () => Date.now() },
  elapsedMs: () => performance.now(),
  timers: {
    afterMs: (delayMs, run) => {
      const id = setTimeout(run, delayMs);
      return () => clearTimeout(id);
    },
  },
  random: () => Math.random(),
};
