import type { SourceFragment, SourceInit } from '../source/pictures.ts';

/** A whole segment: starts with a key frame. `firstPictureAtMs` is when its first picture reached the gateway. */
export type Segment = {
  readonly number: number;
  readonly run: number;
  readonly parts: readonly Uint8Array[];
  readonly durationS: number;
  readonly firstPictureAtMs: number;
  /** Not continuous with the one before: a restart or a hole. */
  readonly isDiscontinuous: boolean;
};

/** What a live playlist is written from. `targetDurationS` only grows: players reload by it. */
export type SegmentList = {
  readonly segments: readonly Segment[];
  readonly discontinuitySequence: number;
  readonly targetDurationS: number;
};

/** Cuts a source into segments at key frames and keeps the newest in memory. */
export type SegmentWindow = {
  addInit(init: SourceInit): void;
  addFragment(fragment: SourceFragment): void;
  list(): SegmentList;
  segment(number: number): Segment | null;
  init(run: number): Uint8Array | null;
};

export type SegmentWindowOptions = { targetS: number; listed: number; maxSegmentBytes: number; firstNumber: number };

// A player may still load what was listed a moment ago.
const keptBehindList = 2;

export function createSegmentWindow({ targetS, listed, maxSegmentBytes, firstNumber }: SegmentWindowOptions): SegmentWindow {
  const inits = new Map<number, Uint8Array>();
  let kept: readonly Segment[] = [];
  let open: SourceFragment[] = [];
  let nextNumber = firstNumber;
  let isDiscontinuous = false;
  let discontinuitySequence = 0;
  let targetDurationS = targetS;

  const durationOf = (fragments: readonly SourceFragment[]) => fragments.reduce((sum, fragment) => sum + fragment.durationS, 0);
  const keep = (segment: Segment) => {
    const leavesList = kept.at(-listed);
    if (leavesList?.isDiscontinuous === true) discontinuitySequence += 1;
    kept = [...kept, segment].slice(-listed - keptBehindList);
    for (const run of inits.keys()) if (run < segment.run && !kept.some((other) => other.run === run)) inits.delete(run);
  };
  const closeSegment = () => {
    const [first] = open;
    if (first === undefined) return;
    const durationS = durationOf(open);
    const firstPictureAtMs = Math.round(first.arrivedAtMs - first.durationS * 1000);
    const parts = open.map((fragment) => fragment.bytes);
    keep({ number: nextNumber, run: first.run, parts, durationS, firstPictureAtMs, isDiscontinuous });
    nextNumber += 1;
    targetDurationS = Math.max(targetDurationS, Math.ceil(durationS));
    isDiscontinuous = false;
    open = [];
  };

  return {
    addInit({ run, bytes }) {
      closeSegment();
      inits.set(run, bytes);
      isDiscontinuous = kept.length > 0;
    },
    addFragment(fragment) {
      // Encoders cut a group a picture short now and then; a tenth of a second short of the target is the target.
      if (fragment.isKey && durationOf(open) >= targetS - 0.1) closeSegment();
      if (open.length === 0 && !fragment.isKey) return;
      open.push(fragment);
      if (open.reduce((sum, part) => sum + part.bytes.length, 0) <= maxSegmentBytes) return;
      open = [];
      isDiscontinuous = true;
    },
    list: () => ({ segments: kept.slice(-listed), discontinuitySequence, targetDurationS }),
    segment: (number) => kept.find((segment) => segment.number === number) ?? null,
    init: (run) => inits.get(run) ?? null,
  };
}
