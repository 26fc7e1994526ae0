import type { PictureClock } from '#contract/cameras/index.ts';

/**
 * One fragment on the media timeline of a video element: from when to when it plays (seconds), when the gateway had all of it, and the
 * camera's own time of its first picture where that is proven. Both times in epoch ms, the first one the platform's.
 */
export type TimelinePoint = {
  readonly mediaTime: number;
  readonly durationS: number;
  readonly arrivedAtMs: number;
  readonly sourceAtMs: number | null;
};

/** Platform time of the picture at a media time, and by which clock it is known. */
export type PictureTime = { readonly pictureAtMs: number; readonly clock: PictureClock };

/** Maps media time to picture time for one stream. */
export type Timeline = {
  add(points: readonly TimelinePoint[]): void;
  pictureAt(mediaTime: number): PictureTime | null;
};

// A live player keeps some seconds of media; anything older is asked for by nobody.
const keepPoints = 240;
// media.md, "Picture time": the camera's offset is the minimum of (arrived - source) over 10 minutes.
const offsetWindowMs = 10 * 60_000;

/** A timeline without any fragment yet. */
export function createTimeline(): Timeline {
  let points: TimelinePoint[] = [];
  let offsets: { atMs: number; offsetMs: number }[] = [];
  return {
    add: (added) => {
      for (const { arrivedAtMs, sourceAtMs } of added) {
        const before = points.at(-1)?.sourceAtMs ?? null;
        // The camera's clock was set back: what is known of its offset is about another clock.
        if (sourceAtMs !== null && before !== null && sourceAtMs < before) offsets = [];
        if (sourceAtMs !== null) offsets = withOffset(offsets, { atMs: arrivedAtMs, offsetMs: arrivedAtMs - sourceAtMs });
      }
      points = [...points, ...added].slice(-keepPoints);
    },
    pictureAt: (mediaTime) => {
      const point = points.findLast((known) => known.mediaTime <= mediaTime + toleranceS);
      return point === undefined ? null : pictureTimeIn(point, { mediaTime, offsetMs: offsets[0]?.offsetMs ?? null });
    },
  };
}

// A frame's time and its fragment's begin are rounded separately by demuxer and gateway.
const toleranceS = 0.002;

function pictureTimeIn(
  { mediaTime: beginS, durationS, arrivedAtMs, sourceAtMs }: TimelinePoint,
  { mediaTime, offsetMs }: { mediaTime: number; offsetMs: number | null },
): PictureTime {
  const intoMs = Math.min(Math.max(0, mediaTime - beginS), durationS) * 1000;
  if (sourceAtMs !== null && offsetMs !== null) return { pictureAtMs: Math.round(sourceAtMs + offsetMs + intoMs), clock: 'source' };
  // All of the fragment was there at arrivedAtMs, so its first picture is a fragment older than that.
  return { pictureAtMs: Math.round(arrivedAtMs - durationS * 1000 + intoMs), clock: 'arrival' };
}

/** Keeps offsets with rising values only, so that the first one is the minimum of the window and old ones fall out in front. */
function withOffset(
  offsets: readonly { atMs: number; offsetMs: number }[],
  added: { atMs: number; offsetMs: number },
): { atMs: number; offsetMs: number }[] {
  const young = offsets.filter(({ atMs }) => added.atMs - atMs <= offsetWindowMs);
  return [...young.filter(({ offsetMs }) => offsetMs < added.offsetMs), added];
}
