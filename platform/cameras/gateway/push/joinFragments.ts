import { pushCredit } from '#contract/cameras/index.ts';
import type { SourceFragment } from '../source/pictures.ts';

/**
 * How many of the fragments that wait go out as one; 0 while it is better to wait for the next. They are joined until they last `joinS` (seconds) or
 * fill a piece. A key frame begins a fragment of its own, since a viewer may start, and cut off its buffer, only there.
 */
export function countJoined({ waiting, joinS }: { waiting: readonly SourceFragment[]; joinS: number }): number {
  let [count, lastsS, bytes] = [0, 0, 0];
  for (const fragment of waiting) {
    const isOneMore = lastsS < joinS && !fragment.isKey && bytes + fragment.bytes.length <= pushCredit.maxPieceBytes;
    if (count > 0 && !isOneMore) return count;
    count += 1;
    lastsS += fragment.durationS;
    bytes += fragment.bytes.length;
  }
  return lastsS < joinS && bytes < pushCredit.maxPieceBytes ? 0 : count;
}

/** Fragments that follow each other as one: it is there when the last of them is. */
export function joinFragments(fragments: readonly [SourceFragment, ...SourceFragment[]]): SourceFragment {
  const [first] = fragments;
  const last = fragments.at(-1) ?? first;
  if (last === first) return first;
  return {
    ...first,
    bytes: Buffer.concat(fragments.map(({ bytes }) => bytes)),
    durationS: last.mediaTime + last.durationS - first.mediaTime,
    arrivedAtMs: last.arrivedAtMs,
  };
}
