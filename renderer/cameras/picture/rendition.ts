import type { Camera, StreamQuality } from '#contract/cameras/index.ts';
import type { Timers } from '#contract/values/index.ts';

/** A tile wider than this gets the full picture; media.md: the rendition is the lever. Device pixels. */
const mainFromPx = 960;
/** One that has the full picture keeps it down to this: a tile at the border must not open and close streams at each pixel. */
const mainDownToPx = 760;
/** A layout that moves passes many widths; only where it comes to rest counts. */
const restMs = 400;

/** The smallest rendition that fills a tile, of those the camera has; null when it has none. `before` is the one it shows now. */
export function qualityFor({
  streams,
  widthDevicePx,
  before = null,
}: {
  streams: Camera['streams'];
  widthDevicePx: number;
  before?: StreamQuality | null;
}): StreamQuality | null {
  const wanted: StreamQuality = widthDevicePx > (before === 'main' ? mainDownToPx : mainFromPx) ? 'main' : 'sub';
  return streams.includes(wanted) ? wanted : (streams[0] ?? null);
}

/** Follows a tile's width and tells the rendition when the width has come to rest. The first one is told at once. */
export type SteadyRendition = {
  follow(size: { streams: Camera['streams']; widthDevicePx: number }): void;
  stop(): void;
};

/** Makes one; `onQuality` is told changes only. */
export function createSteadyRendition({
  timers,
  onQuality,
}: {
  timers: Timers;
  onQuality: (quality: StreamQuality | null) => void;
}): SteadyRendition {
  let told: StreamQuality | null = null;
  let cancel = () => {};
  const tell = (quality: StreamQuality | null): void => {
    cancel();
    if (quality === told) return;
    told = quality;
    onQuality(quality);
  };
  return {
    follow: ({ streams, widthDevicePx }) => {
      cancel();
      const next = qualityFor({ streams, widthDevicePx, before: told });
      const isUrgent = told === null || next === null || !streams.includes(told);
      if (isUrgent || next === told) return tell(next);
      cancel = timers.afterMs(restMs, () => tell(next));
    },
    stop: () => cancel(),
  };
}
