import type { Randomness, Timers } from '#contract/values/index.ts';
import type { Rung } from './ladder.ts';
import type { Stage } from './stage.ts';
import type { Take } from './take.ts';

/** The take that is on glass, or will be as soon as it has a frame; closed and opened again, with the last picture over the gap. */
export type Showing = {
  take(): Take | null;
  /** Whether the take has shown a frame. */
  isPlaying(): boolean;
  openedAtMs(): number;
  open(): void;
  /** Closes what is shown and opens it again later. */
  reopenAfter(delayMs: number): void;
  /** Keeps what is seen and covers the elements with it. */
  keepLast(): void;
  /** What plays is proven again: nothing covers it any more. */
  uncover(): void;
  /** What was seen may not be seen any more, or not so: opens anew, and nothing of it is held meanwhile. */
  replace(): void;
  /** A frame was shown: true for the first one of this take. */
  played(): boolean;
  /** Another take, which has a frame, comes in its place. */
  replaceBy(take: Take): void;
  close(): void;
};

/**
 * A platform that is back is asked by all pictures within this time, each by chance: soon, and not all at once. How long they waited
 * before says nothing any more.
 */
const afterBackMs = 3_000;

/** Nothing is shown before `open`. */
export function createShowing({
  stage,
  timers,
  random,
  onPlatformBack,
  platformNow,
  rung,
  prepare,
  start,
  onWiped,
}: {
  stage: Stage;
  timers: Timers;
  random: Randomness;
  onPlatformBack: (listener: () => void) => () => void;
  platformNow: () => number;
  rung: () => Rung;
  prepare: (rung: Rung) => Take;
  start: (take: Take) => void;
  /** Nothing of what was seen is left: it is to be shown otherwise. */
  onWiped: () => void;
}): Showing {
  let shown: Take | null = null;
  let isPlaying = false;
  let openedAtMs = platformNow();
  let cancelReopen = () => {};

  const closeShown = (): void => {
    shown?.close();
    shown = null;
    isPlaying = false;
  };
  const keepLast = (): void => {
    stage.cover(isPlaying ? (shown?.video ?? null) : null);
  };
  const openAfter = (delayMs: number): void => {
    cancelReopen();
    cancelReopen = timers.afterMs(delayMs, open);
  };
  const stopListening = onPlatformBack(() => {
    if (shown === null) openAfter(random() * afterBackMs);
  });
  const open = (): void => {
    closeShown();
    openedAtMs = platformNow();
    shown = prepare(rung());
    start(shown);
  };
  return {
    take: () => shown,
    isPlaying: () => isPlaying,
    openedAtMs: () => openedAtMs,
    open,
    reopenAfter: (delayMs) => {
      keepLast();
      closeShown();
      openAfter(delayMs);
    },
    keepLast,
    uncover: () => {
      // A take that has no frame yet would be an empty element.
      if (isPlaying) stage.uncover();
    },
    replace: () => {
      closeShown();
      stage.forget();
      onWiped();
      cancelReopen();
      open();
    },
    played: () => {
      if (isPlaying) return false;
      isPlaying = true;
      stage.uncover();
      return true;
    },
    replaceBy: (take) => {
      const before = shown;
      shown = take;
      openedAtMs = platformNow();
      before?.close();
    },
    close: () => {
      stopListening();
      cancelReopen();
      closeShown();
    },
  };
}
