/** How a source flows, over its last seconds. Null where it is not known. */
export type FlowFigures = {
  readonly framesPerSecond: number | null;
  readonly bitsPerSecond: number | null;
  /** How much later than the quickest of the last ten minutes the newest picture came; needs a proven camera clock. */
  readonly delayMs: number | null;
  readonly clockOffsetMs: number | null;
  readonly lastPictureAtMs: number | null;
};

type Counted = {
  readonly bytes: Uint8Array;
  readonly samples: number;
  readonly durationS: number;
  readonly arrivedAtMs: number;
  readonly sourceAtMs: number | null;
  readonly clockOffsetMs: number | null;
};

const windowS = 5;

/** Counts fragments. `now` are the figures of what came last; without pictures nothing flows. */
export function createFlowFigures(): { add(fragment: Counted): void; now(flow: 'flows' | 'stands'): FlowFigures } {
  let counted: readonly { readonly bits: number; readonly samples: number; readonly durationS: number }[] = [];
  let last: Counted | null = null;
  return {
    add(fragment) {
      last = fragment;
      counted = [...counted, { bits: fragment.bytes.length * 8, samples: fragment.samples, durationS: fragment.durationS }];
      while (seconds(counted.slice(1)) >= windowS) counted = counted.slice(1);
    },
    now(flow) {
      const durationS = seconds(counted);
      const isKnown = flow === 'flows' && durationS > 0;
      const sum = (of: 'bits' | 'samples') => counted.reduce((total, fragment) => total + fragment[of], 0);
      return {
        framesPerSecond: isKnown ? Math.round((sum('samples') / durationS) * 10) / 10 : null,
        bitsPerSecond: isKnown ? Math.round(sum('bits') / durationS) : null,
        delayMs: flow === 'flows' ? delayOf(last) : null,
        clockOffsetMs: last?.clockOffsetMs == null ? null : Math.round(last.clockOffsetMs),
        lastPictureAtMs: last?.arrivedAtMs ?? null,
      };
    },
  };
}

function seconds(counted: readonly { readonly durationS: number }[]): number {
  return counted.reduce((sum, { durationS }) => sum + durationS, 0);
}

function delayOf(fragment: Counted | null): number | null {
  if (fragment === null || fragment.sourceAtMs === null || fragment.clockOffsetMs === null) return null;
  const { arrivedAtMs, durationS, sourceAtMs, clockOffsetMs } = fragment;
  return Math.max(0, Math.round(arrivedAtMs - durationS * 1000 - sourceAtMs - clockOffsetMs));
}
