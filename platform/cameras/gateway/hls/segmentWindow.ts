import { pictureAtMs, type SourceFragment, type SourceInit } from '../source/pictures.ts';

/** A piece of a segment that low-latency players load before the segment is whole. */
export type Part = { readonly bytes: readonly Uint8Array[]; readonly durationS: number; readonly isIndependent: boolean };

/** A segment: starts with a key frame. `firstPictureAtMs` is the platform's time of its first picture. */
export type Segment = {
  readonly number: number;
  readonly run: number;
  readonly parts: readonly Part[];
  readonly durationS: number;
  readonly firstPictureAtMs: number;
  /** Not continuous with the one before: a restart or a hole. */
  readonly isDiscontinuous: boolean;
};

/** What a live playlist is written from. Target durations only grow: players reload by them. */
export type SegmentList = {
  readonly segments: readonly Segment[];
  /** The one that is being filled, as far as it is cut into parts; null before its first part. */
  readonly open: Segment | null;
  readonly discontinuitySequence: number;
  readonly targetDurationS: number;
  readonly partTargetS: number;
};

/** Cuts a source into segments at key frames, and these into parts, and keeps the newest in memory. */
export type SegmentWindow = {
  addInit(init: SourceInit): void;
  addFragment(fragment: SourceFragment): void;
  list(): SegmentList;
  segment(number: number): Segment | null;
  /** Null when there is no such part (yet). */
  part(place: { number: number; part: number }): Part | null;
  /** Number of the segment that is being filled or comes next. */
  nextNumber(): number;
  init(run: number): Uint8Array | null;
};

export type SegmentWindowOptions = { targetS: number; partS: number; listed: number; maxSegmentBytes: number; firstNumber: number };

// A player may still load what was listed a moment ago.
const keptBehindList = 2;

// Encoders cut a group a picture short now and then; so much short of the target is the target.
const almostS = { segment: 0.1, part: 0.01 } as const;

export function createSegmentWindow({ targetS, partS, listed, maxSegmentBytes, firstNumber }: SegmentWindowOptions): SegmentWindow {
  const inits = new Map<number, Uint8Array>();
  let kept: readonly Segment[] = [];
  let first: SourceFragment | null = null;
  let parts: Part[] = [];
  let pending: SourceFragment[] = [];
  let nextNumber = firstNumber;
  let isDiscontinuous = false;
  let discontinuitySequence = 0;
  let targetDurationS = targetS;
  let partTargetS = partS;

  const openSegment = (): Segment | null => {
    if (first === null || parts.length === 0) return null;
    const firstPictureAtMs = pictureAtMs(first);
    return { number: nextNumber, run: first.run, parts, durationS: durationOf(parts), firstPictureAtMs, isDiscontinuous };
  };
  const closePart = () => {
    const [begin] = pending;
    if (begin === undefined) return;
    const durationS = durationOf(pending);
    parts = [...parts, { bytes: pending.map(({ bytes }) => bytes), durationS, isIndependent: begin.isKey }];
    partTargetS = Math.max(partTargetS, Math.ceil(durationS * 1000) / 1000);
    pending = [];
  };
  const keep = (segment: Segment) => {
    const leavesList = kept.at(-listed);
    if (leavesList?.isDiscontinuous === true) discontinuitySequence += 1;
    kept = [...kept, segment].slice(-listed - keptBehindList);
    for (const run of inits.keys()) if (run < segment.run && !kept.some((other) => other.run === run)) inits.delete(run);
  };
  const forgetOpen = () => {
    [first, parts, pending] = [null, [], []];
  };
  const closeSegment = () => {
    closePart();
    const segment = openSegment();
    if (segment === null) return;
    keep(segment);
    nextNumber += 1;
    targetDurationS = Math.max(targetDurationS, Math.ceil(segment.durationS));
    isDiscontinuous = false;
    forgetOpen();
  };

  return {
    addInit({ run, bytes }) {
      closeSegment();
      inits.set(run, bytes);
      isDiscontinuous = kept.length > 0;
    },
    addFragment(fragment) {
      if (fragment.isKey) {
        closePart();
        if (durationOf(parts) >= targetS - almostS.segment) closeSegment();
      }
      if (first === null && !fragment.isKey) return;
      first ??= fragment;
      pending.push(fragment);
      if (durationOf(pending) >= partS - almostS.part) closePart();
      if (bytesOf(parts) + pending.reduce((sum, { bytes }) => sum + bytes.length, 0) <= maxSegmentBytes) return;
      forgetOpen();
      isDiscontinuous = true;
    },
    list: () => ({ segments: kept.slice(-listed), open: openSegment(), discontinuitySequence, targetDurationS, partTargetS }),
    segment: (number) => kept.find((segment) => segment.number === number) ?? null,
    part: ({ number, part }) => (number === nextNumber ? parts : kept.find((segment) => segment.number === number)?.parts)?.[part] ?? null,
    nextNumber: () => nextNumber,
    init: (run) => inits.get(run) ?? null,
  };
}

function durationOf(pieces: readonly { readonly durationS: number }[]): number {
  return pieces.reduce((sum, { durationS }) => sum + durationS, 0);
}

function bytesOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + part.bytes.reduce((bytes, piece) => bytes + piece.length, 0), 0);
}
