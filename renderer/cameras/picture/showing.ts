import type { Timers } from '#contract/values/index.ts';
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
  /** A frame was shown: true for the first one of this take. */
  played(): boolean;
  /** Another take, which has a frame, comes in its place. */
  replaceBy(take: Take): void;
  close(): void;
};

/** Nothing is shown before `open`. */
export function createShowing({
  stage,
  timers,
  platformNow,
  rung,
  prepare,
  start,
  onKept,
}: {
  stage: Stage;
  timers: Timers;
  platformNow: () => number;
  rung: () => Rung;
  prepare: (rung: Rung) => Take;
  start: (take: Take) => void;
  onKept: () => void;
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
    if (stage.cover(isPlaying ? (shown?.video ?? null) : null)) onKept();
  };
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
      cancelReopen();
      cancelReopen = timers.afterMs(delayMs, open);
    },
    keepLast,
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
      cancelReopen();
      closeShown();
    },
  };
}
