/** Media that stays behind the newest picture at least, seconds: more than a player may be behind before it skips (3 s). */
const keepBehindS = 4;
const leastCutS = 1;
/** Rounding: a cut just behind its key frame would take that frame's whole group away as well. */
const beforeKeyS = 0.01;

/**
 * Up to where the buffer is cut off now; null while nothing can go. Only before a key frame: a browser that is asked to remove media up to the middle
 * of a group of pictures removes all of that group, also what is still to be shown (W3C Media Source Extensions, coded frame removal).
 */
export function trimTo({ oldestS, newestS, keysS }: { oldestS: number; newestS: number; keysS: readonly number[] }): number | null {
  const keyS = keysS.findLast((each) => each <= newestS - keepBehindS);
  return keyS === undefined || keyS - oldestS < leastCutS ? null : keyS - beforeKeyS;
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
