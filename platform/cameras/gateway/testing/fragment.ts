import type { SourceFragment } from '../source/pictures.ts';

/** A fragment of a quarter of a second; `number` sets its media time too. */
export function fragmentOf(fragment: Partial<SourceFragment> & { number: number }): SourceFragment {
  const durationS = fragment.durationS ?? 0.25;
  const mediaTime = (fragment.number - 1) * durationS;
  const still = { run: 1, bytes: new Uint8Array(1000), isKey: false, durationS, mediaTime, sourceAtMs: null, clockOffsetMs: null };
  return { ...still, arrivedAtMs: 1_763_800_000_000 + (mediaTime + durationS) * 1000, ...fragment };
}
