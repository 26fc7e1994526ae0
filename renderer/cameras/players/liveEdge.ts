/** What the element should do to stay at the live edge. */
export type EdgeMove =
  | { readonly kind: 'stay' }
  | { readonly kind: 'rate'; readonly rate: number }
  | { readonly kind: 'seek'; readonly toS: number };

/** A stretch of buffered media, seconds. */
export type BufferedRange = { readonly startS: number; readonly endS: number };

/** How near to the newest picture a player stays, seconds. */
export type EdgeTarget = {
  readonly behindS: number;
  /** Further behind than this is caught up by playing faster. */
  readonly fasterBeyondS: number;
  /** Further behind than this is skipped. */
  readonly skipBeyondS: number;
  /** Nearer than this is let fall back by playing slower: a fragment that is a little late would find the player waiting. */
  readonly slowerBelowS: number;
};

/**
 * Push, with something new every so often (seconds): at most 1.1 s behind, caught up to 0.8 (media.md measured 0.65-0.89 s), skipped beyond 3 s.
 * Fragments that are joined come all at once at their end: 0.1 s more is left to play for when they are late, as those of 36 tiles on two cores are.
 */
export function pushEdge(everyS: number): EdgeTarget {
  const behindS = Math.max(0.8, everyS + 0.42);
  return { behindS, fasterBeyondS: behindS + 0.3, skipBeyondS: 3, slowerBelowS: everyS + 0.05 };
}

/** Brisk and short: a picture that is opened begins up to two seconds back, and is in step with the others only when it has caught up. */
const fasterRate = 1.3;
const fastestRate = 1.5;
const slowerRate = 0.9;
/** As good as there, from below. */
const nearS = 0.1;

/**
 * Decides from where the element is and what is buffered. In a hole (or before the first picture) it goes to the nearest buffered
 * picture; far behind it skips; a little behind it plays faster until the target is reached again, and too near it slower.
 */
export function decideEdge({
  currentS,
  rate,
  buffered,
  target,
}: {
  currentS: number;
  rate: number;
  buffered: readonly BufferedRange[];
  target: EdgeTarget;
}): EdgeMove {
  const newest = buffered.at(-1);
  if (newest === undefined) return { kind: 'stay' };
  const behindS = newest.endS - currentS;
  const inside = buffered.find(({ startS, endS }) => currentS >= startS - touchS && currentS < endS);
  const edgeS = Math.max(newest.startS, newest.endS - target.behindS);
  if (behindS > target.skipBeyondS) return { kind: 'seek', toS: edgeS };
  if (inside === undefined) return jumpOutOfHole({ currentS, buffered });
  const wanted = wantedRate({ behindS, rate, target });
  return wanted === rate ? { kind: 'stay' } : { kind: 'rate', rate: wanted };
}

function wantedRate({ behindS, rate, target }: { behindS: number; rate: number; target: EdgeTarget }): number {
  const tooFarS = behindS - target.behindS;
  if (behindS > target.fasterBeyondS) return behindS > (target.fasterBeyondS + target.skipBeyondS) / 2 ? fastestRate : fasterRate;
  if (behindS < target.slowerBelowS) return slowerRate;
  // What has begun goes on until the target is reached.
  if (rate >= fasterRate) return tooFarS > 0 ? fasterRate : 1;
  if (rate <= slowerRate) return tooFarS < -nearS ? slowerRate : 1;
  return rate;
}

// Chromium itself plays over gaps smaller than this.
const touchS = 0.1;

function jumpOutOfHole({ currentS, buffered }: { currentS: number; buffered: readonly BufferedRange[] }): EdgeMove {
  const next = buffered.find(({ startS }) => startS > currentS);
  // Nothing after it: the newest picture was played out, more is on its way.
  return next === undefined ? { kind: 'stay' } : { kind: 'seek', toS: next.startS + 0.001 };
}
