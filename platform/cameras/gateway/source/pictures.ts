import type { UnmovingWhy } from '#contract/cameras/index.ts';
import type { LostReason } from './faultReason.ts';

/** The start of one run of a source: what a decoder needs before any fragment. `run` counts the source's starts. */
export type SourceInit = { readonly run: number; readonly bytes: Uint8Array; readonly mimeType: string };

/** One fragment as every viewer gets it. Seconds of the source's own monotonic media time; `number` counts over all runs. */
export type SourceFragment = {
  readonly number: number;
  readonly run: number;
  readonly bytes: Uint8Array;
  readonly isKey: boolean;
  readonly mediaTime: number;
  readonly durationS: number;
  readonly arrivedAtMs: number;
  readonly sourceAtMs: number | null;
  /** What is to be added to `sourceAtMs` to get platform time (contract/cameras/clockOffset.ts); null where that is unproven. */
  readonly clockOffsetMs: number | null;
};

/** Platform time of a fragment's first picture: by the camera's own clock where that is proven, else counted back from its arrival. */
export function pictureAtMs({ sourceAtMs, clockOffsetMs, arrivedAtMs, durationS }: SourceFragment): number {
  return Math.round(sourceAtMs === null || clockOffsetMs === null ? arrivedAtMs - durationS * 1000 : sourceAtMs + clockOffsetMs);
}

/** What a source is doing. `lost` names the time of its last picture (or of the failed start), `unmoving` since when the picture is the same; epoch ms. */
export type SourceCondition =
  | { readonly kind: 'starting' }
  | { readonly kind: 'flowing' }
  | { readonly kind: 'unmoving'; readonly sinceMs: number; readonly why: UnmovingWhy }
  /** `isUnencoded`: nothing is wrong with it but that there is no room to encode its pictures. */
  | { readonly kind: 'lost'; readonly sinceMs: number; readonly reason: LostReason; readonly isUnencoded?: boolean };

/** Somebody who looks at a source: told in order, never after it left. */
export type SourceViewer = {
  /** How many people this viewer stands for (an HLS packager stands for all HLS windows). */
  count(): number;
  onCondition(condition: SourceCondition): void;
  onInit(init: SourceInit): void;
  onFragment(fragment: SourceFragment): void;
};

/** The newest group of pictures of one run, so that a new viewer starts at once. Memory only. */
export type Pictures = {
  begin(init: SourceInit): void;
  add(fragment: SourceFragment): void;
  clear(): void;
  /** The newest group's key fragment and what a decoder needs before it; null while there is none. */
  newestKey(): { readonly init: SourceInit; readonly fragment: SourceFragment } | null;
  /** Hands the init segment and the whole current group to a new viewer. */
  replay(viewer: SourceViewer): void;
};

/** How large a kept group may be. */
export type GopLimits = { readonly maxGopBytes: number; readonly maxGopS: number };

/** Whether a group may be kept whole; also asked by viewers' queues, which hold the same fragments. */
export function isWithinGop(group: readonly SourceFragment[], { maxGopBytes, maxGopS }: GopLimits): boolean {
  const bytes = group.reduce((sum, fragment) => sum + fragment.bytes.length, 0);
  const durationS = group.reduce((sum, fragment) => sum + fragment.durationS, 0);
  return bytes <= maxGopBytes && durationS <= maxGopS;
}

export function createPictures(limits: GopLimits): Pictures {
  let init: SourceInit | null = null;
  let group: SourceFragment[] = [];
  return {
    begin(next) {
      group = [];
      init = next;
    },
    add(fragment) {
      if (fragment.isKey) group = [];
      else if (group.length === 0) return;
      group.push(fragment);
      if (!isWithinGop(group, limits)) group = [];
    },
    clear() {
      group = [];
      init = null;
    },
    newestKey() {
      const [fragment] = group;
      return init === null || fragment === undefined ? null : { init, fragment };
    },
    replay(viewer) {
      if (init !== null) viewer.onInit(init);
      for (const fragment of group) viewer.onFragment(fragment);
    },
  };
}
