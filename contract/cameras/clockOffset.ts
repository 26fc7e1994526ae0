/**
 * How far a camera's clock is from the platform's: the least (arrival - camera time) of the last ten minutes, so that the quickest fragment
 * speaks for the clock and slower ones show as delay. Pure; the gateway keeps one per source, a window one per stream.
 */
export type ClockOffset = {
  /** One fragment: when all of it was there (platform time), the camera's time of its first picture, how long it plays. */
  add(fragment: { readonly arrivedAtMs: number; readonly sourceAtMs: number; readonly durationS: number }): void;
  /** What is to be added to the camera's time to get the platform's; null before the first fragment. Unit: ms. */
  offsetMs(): number | null;
};

/** media.md, "Picture time". */
export const clockOffsetWindowMs = 10 * 60_000;

/** An offset that nothing is known of yet. */
export function createClockOffset(): ClockOffset {
  // Rising values only, so that the first one is the least of the window and old ones fall out in front.
  let offsets: readonly { readonly atMs: number; readonly offsetMs: number }[] = [];
  let lastSourceAtMs = Number.NEGATIVE_INFINITY;
  return {
    add({ arrivedAtMs, sourceAtMs, durationS }) {
      // The camera's clock was set back: what is known of its offset is about another clock.
      if (sourceAtMs < lastSourceAtMs) offsets = [];
      lastSourceAtMs = sourceAtMs;
      const offsetMs = arrivedAtMs - sourceAtMs - durationS * 1000;
      const young = offsets.filter(({ atMs }) => arrivedAtMs - atMs <= clockOffsetWindowMs);
      offsets = [...young.filter((known) => known.offsetMs < offsetMs), { atMs: arrivedAtMs, offsetMs }];
    },
    offsetMs: () => offsets[0]?.offsetMs ?? null,
  };
}
