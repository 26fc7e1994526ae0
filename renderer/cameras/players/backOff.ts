import type { Randomness } from '#contract/values/index.ts';

const firstMs = 500;
const greatestMs = 15_000;

/**
 * How long to wait before a picture is opened again, for ever: doubling from 0.5 s to 15 s, each by chance between half and all of it, so
 * that a restarted gateway is not asked for 2,000 streams at once. `attempt` counts from 0.
 */
export function backOffMs({ attempt, random }: { attempt: number; random: Randomness }): number {
  const whole = Math.min(greatestMs, firstMs * 2 ** Math.min(attempt + 1, 10));
  return Math.max(firstMs, whole * (0.5 + random() / 2));
}
