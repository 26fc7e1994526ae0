import type { Randomness } from '#contract/values/index.ts';

/** First wait and longest wait, ms. A desk must be back within seconds; 500 desks must not come back in the same one (safety.md 36). */
export const backOffLimits = { firstMs: 500, longestMs: 15_000 } as const;

/** How long to wait before the next attempt: doubling, the upper half drawn by lot. `attempt` counts failures in a row from 1. */
export function backOffMs({ attempt, randomness }: { attempt: number; randomness: Randomness }): number {
  const whole = Math.min(backOffLimits.longestMs, backOffLimits.firstMs * 2 ** Math.min(attempt - 1, 16));
  return Math.round(whole * (0.5 + 0.5 * randomness()));
}
