/** How long a WebRTC stream may pause, from how its frames have come. */
export type Pace = {
  /** A frame was shown. Returns how long the next one may take before the picture stands still; null while too few were seen. */
  frame(shownAtMs: number): number | null;
};

// About two seconds at 15 frames a second.
const keepFrames = 30;
const leastFrames = 8;

/** media.md: frozen = no new frame for max(3 x average, average + 150 ms). */
export function createPace(): Pace {
  let shownMs: number[] = [];
  return {
    frame: (shownAtMs) => {
      shownMs = [...shownMs, shownAtMs].slice(-keepFrames);
      const first = shownMs[0] ?? shownAtMs;
      if (shownMs.length < leastFrames) return null;
      const averageMs = (shownAtMs - first) / (shownMs.length - 1);
      return Math.max(3 * averageMs, averageMs + 150);
    },
  };
}
