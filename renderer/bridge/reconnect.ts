import type { Randomness } from '#contract/values/index.ts';

const firstMs = 250;
// Main is on this machine: five seconds is long enough not to be a burden and short enough not to be noticed twice.
const greatestMs = 5_000;

/** How long to wait before connecting again: doubling, capped, between half and the whole of it by chance. `attempt` counts from 0. */
export function reconnectDelayMs({ attempt, random }: { attempt: number; random: Randomness }): number {
  const whole = Math.min(greatestMs, firstMs * 2 ** Math.min(attempt, 10));
  return whole * (0.5 + random() / 2);
}
