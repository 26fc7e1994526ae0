import Hls, { ErrorTypes, Events, type Fragment, type Part } from 'hls.js/light';
import { readSourceHeader, sourceHeader, type TileEvidence } from '#contract/cameras/index.ts';
import type { TimelinePoint } from '../timeline.ts';
import { hlsSettings } from './hlsSettings.ts';

/** One playlist being played by hls.js. */
export type HlsStream = { playOn(video: HTMLVideoElement): void; close(): void };

// media.md: recoverMediaError only for media errors, at most once in this time.
const recoverEveryMs = 5_000;

/** Opens a playlist. Whatever hls.js calls fatal ends the stream; opening it again is the caller's. */
export function openHlsStream({
  url,
  token,
  onPoints,
  onSource,
  onEnded,
}: {
  url: string;
  token: () => string;
  onPoints: (points: readonly TimelinePoint[]) => void;
  onSource: (source: TileEvidence['source']) => void;
  onEnded: (code: string) => void;
}): HlsStream {
  const hls = new Hls({
    ...hlsSettings,
    xhrSetup: (request) => request.setRequestHeader('Authorization', `Bearer ${token()}`),
  });
  let recoveredAtMs = Number.NEGATIVE_INFINITY;
  hls.on(Events.FRAG_BUFFERED, (_, { frag, part }) => {
    const point = pointOf(frag as Fragment, part);
    if (point !== null) onPoints([point]);
  });
  hls.on(Events.LEVEL_LOADED, (_, { networkDetails }) => {
    const source = readSourceHeader((networkDetails as XMLHttpRequest | null)?.getResponseHeader?.(sourceHeader) ?? null);
    if (source !== null) onSource(source);
  });
  hls.on(Events.ERROR, (_, { fatal, type, details, networkDetails }) => {
    if (refusalOf(networkDetails) === 'cameras.renditionChanged') return onEnded('cameras.renditionChanged');
    if (!fatal) return;
    const nowMs = performance.now();
    if (type === ErrorTypes.MEDIA_ERROR && nowMs - recoveredAtMs > recoverEveryMs) {
      recoveredAtMs = nowMs;
      return hls.recoverMediaError();
    }
    onEnded(`hls.${details}`);
  });
  hls.loadSource(url);
  return { playOn: (video) => hls.attachMedia(video), close: () => hls.destroy() };
}

/** Why the gateway gave nothing, where it says so; hls.js hands over whatever its loader asked with. */
function refusalOf(asked: unknown): string | null {
  return asked instanceof XMLHttpRequest ? asked.getResponseHeader('X-Refusal-Code') : null;
}

/** PROGRAM-DATE-TIME says when a segment's first picture was taken; a timeline counts back from when all of a piece was there. */
function pointOf(segment: Fragment, part: Part | null): TimelinePoint | null {
  if (segment.programDateTime === null) return null;
  const { start, duration } = part ?? segment;
  const firstPictureAtMs = segment.programDateTime + (start - segment.start) * 1000;
  return { mediaTime: start, durationS: duration, arrivedAtMs: firstPictureAtMs + duration * 1000, sourceAtMs: null };
}
