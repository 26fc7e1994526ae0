import type { Ticker } from '../../room/index.ts';
import { byNeed, type Rank } from './priority.ts';

/** A picture that can be played smaller. */
export type Lowering = {
  readonly rank: Rank;
  /** Plays the smaller picture from now on; false when it does already. */
  lower(): boolean;
};

/** Watches the window's line: when all of it starves, pictures are made smaller, what matters most at last (media.md). */
export type LineWatch = { join(picture: Lowering): () => void };

/** A stream whose newest picture was at the gateway so long ago is behind; all of them for so long is a line that starves. */
const behindMs = 2_000;
const starvingMs = 2_000;
/** A step shows only after a while. */
const betweenStepsMs = 8_000;
/** One stream alone may be its source's trouble. */
const leastStreams = 2;

/** Starts watching. `arrivals` tells, for each stream that flows, when its newest picture was at the gateway. */
export function startLineWatch({ ticker, arrivals }: { ticker: Ticker; arrivals: () => readonly number[] }): LineWatch {
  const pictures = new Set<Lowering>();
  let starvesSinceMs: number | null = null;
  let steppedAtMs = Number.NEGATIVE_INFINITY;

  const step = (): boolean => {
    const byLeastNeed = [...pictures].sort((a, b) => byNeed(b.rank, a.rank));
    const others = byLeastNeed.filter(({ rank }) => rank.priority !== 'alarm');
    const lowered = others.filter((picture) => picture.lower()).length;
    // Only when nothing else is left to take from.
    return lowered > 0 || byLeastNeed.some((picture) => picture.lower());
  };
  ticker.subscribe((nowMs) => {
    const newestMs = arrivals();
    const isBehind = newestMs.length >= leastStreams && newestMs.every((arrivedAtMs) => nowMs - arrivedAtMs > behindMs);
    starvesSinceMs = isBehind ? (starvesSinceMs ?? nowMs) : null;
    if (starvesSinceMs === null || nowMs - starvesSinceMs < starvingMs || nowMs - steppedAtMs < betweenStepsMs) return;
    if (step()) steppedAtMs = nowMs;
  });
  return {
    join: (picture) => {
      pictures.add(picture);
      return () => void pictures.delete(picture);
    },
  };
}
