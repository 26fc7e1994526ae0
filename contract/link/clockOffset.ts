/** One question for the platform's time. All in epoch ms: this machine's clock before and after, the platform's in between. */
export type ClockSample = { readonly askedAtMs: number; readonly answeredAtMs: number; readonly platformNowMs: number };

/** Enough samples for a median that one slow answer or one clock step in between does not move. */
export const clockSamples = 5;

/** Platform clock minus this machine's clock, ms: the median over samples, each taken at the middle of its way. */
export function clockOffsetMs(samples: readonly ClockSample[]): number {
  const offsets = samples
    .map(({ askedAtMs, answeredAtMs, platformNowMs }) => platformNowMs - (askedAtMs + answeredAtMs) / 2)
    .toSorted((a, b) => a - b);
  return Math.round(offsets[Math.floor(offsets.length / 2)] ?? 0);
}
