import { createClockOffset, type PictureClock } from '#contract/cameras/index.ts';

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
  /** The gateway, which has watched the camera's clock for longer, says how far it is off. */
  tellOffset(offsetMs: number): void;
  pictureAt(mediaTime: number): PictureTime | null;
};

// A live player keeps some seconds of media; anything older is asked for by nobody.
const keepPoints = 240;

/** A timeline without any fragment yet. */
export function createTimeline(): Timeline {
  let points: TimelinePoint[] = [];
  const measured = createClockOffset();
  let toldOffsetMs: number | null = null;
  return {
    add: (added) => {
      for (const { sourceAtMs, ...point } of added) if (sourceAtMs !== null) measured.add({ ...point, sourceAtMs });
      points = [...points, ...added].slice(-keepPoints);
    },
    tellOffset: (offsetMs) => {
      toldOffsetMs = offsetMs;
    },
    pictureAt: (mediaTime) => {
      const point = points.findLast((known) => known.mediaTime <= mediaTime + toleranceS);
      return point === undefined ? null : pictureTimeIn(point, { mediaTime, offsetMs: toldOffsetMs ?? measured.offsetMs() });
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
