/** A frame that was put on glass: when it is on the display, and its place in the media; both in ms. */
export type ShownFrame = { readonly displayMs: number; readonly mediaMs: number };

/** How an element's frames come: how far apart they are in the media, and where in that stretch they reach the display, ms. */
export type Steps = { readonly periodMs: number; readonly phaseMs: number; readonly mediaMs: number };

// Media times are rounded to microseconds, displays to their refresh; cameras that jitter by more are left alone.
const regularWithinMs = 2;
/** Phases that lie nearer to each other are the same refreshes: a fifth of a refresh at 60 per second. */
const samePhaseMs = 2.5;
const leastFrames = 5;

/** Reads successive frames of one element; null while there are too few of them, or where they do not come regularly. */
export function readSteps(frames: readonly ShownFrame[]): Steps | null {
  const [first, last] = [frames[0], frames.at(-1)];
  if (first === undefined || last === undefined || frames.length < leastFrames) return null;
  const apart = frames.slice(1).map(({ mediaMs }, index) => mediaMs - (frames[index]?.mediaMs ?? 0));
  const shortestMs = Math.min(...apart);
  if (shortestMs < regularWithinMs || apart.some((ms) => Math.abs(offBeat({ ms, periodMs: shortestMs })) > regularWithinMs)) return null;
  const periodMs = (last.mediaMs - first.mediaMs) / Math.round((last.mediaMs - first.mediaMs) / shortestMs);
  const meanMs = frames.reduce((sum, { displayMs, mediaMs }) => sum + displayMs - mediaMs, 0) / frames.length;
  return { periodMs, phaseMs: meanMs - Math.floor(meanMs / periodMs) * periodMs, mediaMs: last.mediaMs };
}

/** Whether elements show their new frames at the same refreshes; those of another frame rate are compared among themselves. */
export function areInStep(all: readonly Steps[]): boolean {
  return all.every((one) =>
    all.every((other) => {
      if (Math.abs(one.periodMs - other.periodMs) > regularWithinMs / 2) return true;
      return Math.abs(offBeat({ ms: one.phaseMs - other.phaseMs, periodMs: one.periodMs })) < samePhaseMs;
    }),
  );
}

/** How far past the nearest beat, ms; negative = before it. */
export function offBeat({ ms, periodMs }: { ms: number; periodMs: number }): number {
  return ms - Math.round(ms / periodMs) * periodMs;
}
