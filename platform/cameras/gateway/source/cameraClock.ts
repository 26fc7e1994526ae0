import { createClockOffset } from '#contract/cameras/index.ts';
import type { MediaFragment } from '../boxes/mediaReader.ts';
import { createSourceClock } from './sourceClock.ts';

/** The camera's own clock at a fragment, null where it is unproven, and what is to be added to it to get the platform's. Unit: ms. */
export type ClockRead = { readonly sourceAtMs: number | null; readonly clockOffsetMs: number | null };

/** Reads a camera's clock from its fragments. What it is off by goes on over restarts: it is the same clock. */
export function createCameraClock(onOffset: (offsetMs: number) => void) {
  const clockOffset = createClockOffset();
  let sourceClock = createSourceClock();
  return {
    /** Another run of the source begins. */
    begin(): void {
      sourceClock = createSourceClock();
    },
    read({ clockMs, mediaTime, durationS }: MediaFragment, arrivedAtMs: number): ClockRead {
      const sourceAtMs = sourceClock.sourceAtMs({ clockMs, mediaTime });
      if (sourceAtMs !== null) clockOffset.add({ arrivedAtMs, sourceAtMs, durationS });
      const clockOffsetMs = clockOffset.offsetMs();
      if (sourceAtMs !== null && clockOffsetMs !== null) onOffset(clockOffsetMs);
      return { sourceAtMs, clockOffsetMs };
    },
  };
}
