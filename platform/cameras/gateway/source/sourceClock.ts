/**
 * Decides whether the wall clock that comes with fragments is the camera's. ffmpeg writes the same box from its own clock before the
 * first RTCP report, and that one jitters: a clock is proven when it advances with media time within 2 ms a fragment (media.md), for
 * `neededFragments` in a row.
 */
export function createSourceClock() {
  let last: { clockMs: number; mediaTime: number } | null = null;
  let proven = 0;
  return {
    /** The fragment's camera time, or null while unproven. */
    sourceAtMs({ clockMs, mediaTime }: { clockMs: number | null; mediaTime: number }): number | null {
      if (clockMs === null) {
        last = null;
        return null;
      }
      const drift = last === null ? Number.POSITIVE_INFINITY : clockMs - last.clockMs - (mediaTime - last.mediaTime) * 1000;
      proven = Math.abs(drift) <= maxDriftMs ? proven + 1 : 0;
      last = { clockMs, mediaTime };
      return proven >= neededFragments ? clockMs : null;
    },
  };
}

const maxDriftMs = 2;
// About five seconds of fragments: ffmpeg's own clock never stays that quiet.
const neededFragments = 20;
