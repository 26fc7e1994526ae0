/** How much media stays behind the newest picture, and at which length it is cut back to that, seconds. */
const keepBehindS = 6;
const trimBeyondS = 10;

/** Up to where the buffer is cut off now; null while it is short enough. */
export function trimTo({ oldestS, newestS }: { oldestS: number; newestS: number }): number | null {
  return newestS - oldestS > trimBeyondS ? newestS - keepBehindS : null;
}

// Encoders' reordering moves a fragment's begin by some frames; a restarted source jumps back by seconds.
const backwardsS = 0.5;
const afterGapS = 0.04;

/**
 * Where a fragment goes on the element's timeline: what is added to its media time. A source that was restarted counts from a smaller
 * number again; its pictures go on after the newest one, because an element that plays on never looks back.
 */
export function offsetFor({ mediaTime, offsetS, newestS }: { mediaTime: number; offsetS: number; newestS: number | null }): number {
  if (newestS === null || mediaTime + offsetS > newestS - backwardsS) return offsetS;
  return newestS + afterGapS - mediaTime;
}
