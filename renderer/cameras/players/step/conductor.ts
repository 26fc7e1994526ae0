import type { Timers } from '#contract/values/index.ts';
import { areInStep, offBeat, readSteps, type ShownFrame, type Steps } from './readFrames.ts';

/**
 * Looks at the frames of a window's elements, all at the same moments, and keeps them in step: new frames of all tiles come with the same
 * refreshes of the display, so the window is drawn as often as one tile has frames and not as often as all of them together.
 */
export type Conductor = {
  /** `onFrame`: a frame of this media time (seconds) was put on glass; told of the first one, then at least every `lookEveryMs`. */
  follow(video: HTMLVideoElement, onFrame: (mediaTimeS: number) => void): Followed;
};

/** One element that is followed. `isSteered`: its rate is the conductor's for a moment. */
export type Followed = { isSteered(): boolean; leave(): void };

/** A tile whose source is gone must have had a frame within a second (contract/cameras, tileState): looked at this often, one that plays has. */
export const lookEveryMs = 500;

/** Frames that are looked at one after the other: whatever a display's refresh is, that shows its pattern (2, 3, 2, 3, 2 refreshes a frame). */
const burstFrames = 11;
const burstMs = 1_500;
/** What is off is made up for in a second: at most 4 % faster or slower at 12.5 frames per second, which no eye sees. */
const alignMs = 1_000;
/**
 * Chromium shows regular frames in a fixed pattern of refreshes and no longer looks at the clock (its cadence); which refresh the pattern begins
 * with is chance. A rate that fits no pattern ends that, and elements that come back from it at the same moment begin it at the same refresh.
 */
const loosenMs = 600;
const loosenBy = 0.06;
/** Chromium takes its frames' length from the last 25: it goes by the pattern again after that. */
const settleMs = 3_000;
const afterJoinMs = 2_200;
/** One element that cannot keep up does not hold up the others for longer. */
const waitAtMostMs = 4_000;
const checkEveryMs = 20_000;
const betweenRoundsMs = 8_000;
/** Where nothing helps (a display of no steady rhythm), it is tried more and more seldom. */
const longestRestMs = 120_000;
/** Where the beat falls between two refreshes is not known; another place is tried where it did not do. */
const nextPlaceMs = 2.3;

type Follower = { readonly video: HTMLVideoElement; see(): void; frames: ShownFrame[]; wanted: number };

/** Starts with the first element that is followed; rests when there is none. `nowMs`: the page's own steady clock. */
export function createConductor({ timers, nowMs }: { timers: Timers; nowMs: () => number }): Conductor {
  const followers = new Set<Follower>();
  const steered = new Set<Follower>();
  let dueAtMs = Number.POSITIVE_INFINITY;
  let restsUntilMs = 0;
  let place = 0;
  let tries = 0;
  let isInRound = false;
  let isLooking = false;

  const look = (): void => {
    isLooking = followers.size > 0;
    if (!isLooking) return;
    timers.afterMs(lookEveryMs - (nowMs() % lookEveryMs), look);
    for (const follower of followers) follower.see();
    if (isInRound) return;
    // Whoever catches up falls out of step.
    if ([...followers].some(({ video }) => video.playbackRate !== 1)) dueAtMs = Math.max(restsUntilMs, Math.min(dueAtMs, nowMs()));
    const steady = [...followers].filter(isSteady);
    const isReady = steady.length === followers.size || nowMs() > dueAtMs + waitAtMostMs;
    if (nowMs() >= dueAtMs && isReady && steady.length > 1) startRound(steady);
  };
  const startRound = (round: readonly Follower[]): void => {
    isInRound = true;
    for (const follower of round) {
      follower.frames = [];
      follower.wanted = burstFrames;
      follower.see();
    }
    timers.afterMs(burstMs, () => judge(round.filter((follower) => followers.has(follower) && isSteady(follower))));
  };
  const judge = (round: readonly Follower[]): void => {
    const read = round.flatMap((follower) => {
      const steps = readSteps(follower.frames);
      return steps === null ? [] : [{ follower, steps }];
    });
    if (areInStep(read.map(({ steps }) => steps))) {
      tries = 0;
      return endRound(checkEveryMs);
    }
    tries += 1;
    place += 1;
    for (const { follower, steps } of read) align(follower, steps);
    timers.afterMs(alignMs, () => loosen(read.map(({ follower }) => follower)));
  };
  const align = (follower: Follower, { periodMs, mediaMs }: Steps): void => {
    const { video } = follower;
    const frameAtMs = nowMs() - (video.currentTime * 1000 - mediaMs) - place * nextPlaceMs;
    steered.add(follower);
    video.playbackRate = 1 + offBeat({ ms: frameAtMs, periodMs }) / alignMs;
  };
  const setRate = (round: readonly Follower[], rate: number): void => {
    for (const follower of round) if (steered.has(follower)) follower.video.playbackRate = rate;
  };
  const loosen = (round: readonly Follower[]): void => {
    // Slower and faster in turn: the latency stays what it is.
    setRate(round, place % 2 === 0 ? 1 + loosenBy : 1 - loosenBy);
    timers.afterMs(loosenMs, () => {
      setRate(round, 1);
      steered.clear();
      endRound(Math.min(longestRestMs, settleMs * 2 ** (tries - 1)));
    });
  };
  const endRound = (restMs: number): void => {
    isInRound = false;
    dueAtMs = nowMs() + restMs;
    restsUntilMs = nowMs() + Math.min(restMs, betweenRoundsMs);
  };
  return {
    follow: (video, onFrame) => {
      let pending = 0;
      const seen: VideoFrameRequestCallback = (_, { mediaTime, expectedDisplayTime }) => {
        pending = 0;
        if (follower.wanted > 0) {
          follower.wanted -= 1;
          follower.frames.push({ displayMs: expectedDisplayTime, mediaMs: mediaTime * 1000 });
          follower.see();
        }
        onFrame(mediaTime);
      };
      const see = (): void => {
        if (pending === 0) pending = video.requestVideoFrameCallback(seen);
      };
      const follower: Follower = { video, see, frames: [], wanted: 0 };
      followers.add(follower);
      see();
      tries = 0;
      if (!isInRound) dueAtMs = Math.max(nowMs() + afterJoinMs, restsUntilMs);
      if (!isLooking) look();
      return {
        isSteered: () => steered.has(follower),
        leave: () => {
          followers.delete(follower);
          steered.delete(follower);
          if (pending !== 0) video.cancelVideoFrameCallback(pending);
        },
      };
    },
  };
}

/** HTMLMediaElement.HAVE_FUTURE_DATA. */
const haveFutureData = 3;

function isSteady({ video }: Follower): boolean {
  return video.playbackRate === 1 && !video.paused && !video.seeking && video.readyState >= haveFutureData;
}
