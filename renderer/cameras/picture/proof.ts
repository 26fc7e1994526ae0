import {
  hlsLimits,
  pushLimits,
  type TileEvidence,
  type TileLimits,
  type TileState,
  tileState,
  webrtcLimits,
} from '#contract/cameras/index.ts';
import type { PlayerKind } from '../players/index.ts';
import type { FrameEvidence } from './renditionSwitch.ts';

/** What each way of playing is held to. */
export const limitsOf: { readonly [Kind in PlayerKind]: TileLimits } = { push: pushLimits, hls: hlsLimits, whep: webrtcLimits };

/** What is known about one picture, over all takes of it. */
export type Proof = {
  /** What the tile may claim now, when it is played this way. */
  tile(kind: PlayerKind): TileState;
  limits(kind: PlayerKind): TileLimits;
  /** A frame was shown; false when it proves nothing because it is no newer than what was shown before. */
  frame(told: FrameEvidence): boolean;
  /** Another way of playing shows this frame now: what comes is compared with it. */
  switchedTo(told: FrameEvidence): void;
  /** Whether a frame is good enough to be shown instead of what `from` shows. */
  isFit(frame: FrameEvidence, way: { from: PlayerKind | undefined; to: PlayerKind }): boolean;
  hears(source: TileEvidence['source']): void;
  refuse(code: string | null): void;
  /** How long the stream that plays now may pause; null = the usual. */
  pace(frozenAfterMs: number | null): void;
  /** The wait for a connection begins now. */
  beginWait(): void;
  /** What was shown is not on glass any more, and may not be: nothing is proven until a frame of what comes instead is. */
  forget(): void;
  source(): TileEvidence['source'];
};

// A group of pictures begins a little in the past; an older first frame would turn the picture back.
const backwardsMs = 1_500;

/** Nothing is known yet. `cameraLostSinceMs`: what the platform's record says of the camera now. */
export function createProof({
  platformNow,
  cameraLostSinceMs,
}: {
  platformNow: () => number;
  cameraLostSinceMs: () => number | null;
}): Proof {
  let evidence: Omit<TileEvidence, 'cameraLostSinceMs'> = {
    openedAtMs: platformNow(),
    lastFrame: null,
    source: { kind: 'unknown' },
    refusedCode: null,
  };
  let pace: number | null = null;
  const limits = (kind: PlayerKind): TileLimits => (pace === null ? limitsOf[kind] : { ...limitsOf[kind], staleAfterMs: pace });
  const shownAtMs = (): number => evidence.lastFrame?.pictureAtMs ?? 0;
  return {
    tile: (kind) =>
      tileState({ evidence: { ...evidence, cameraLostSinceMs: cameraLostSinceMs() }, limits: limits(kind), nowMs: platformNow() }),
    limits,
    frame: (told) => {
      // A gateway whose source stands still hands out its last pictures again: no newer picture, no proof.
      if (told.pictureAtMs <= shownAtMs()) return false;
      evidence = { ...evidence, lastFrame: told, refusedCode: null };
      return true;
    },
    switchedTo: (told) => {
      pace = null;
      evidence = { ...evidence, lastFrame: told };
    },
    isFit: (told, { from, to }) =>
      from === to
        ? told.pictureAtMs > shownAtMs() - backwardsMs
        : // HLS is seconds behind push: that is no step back in time but another way.
          told.shownAtMs - told.pictureAtMs < limitsOf[to].maxPictureAgeMs,
    hears: (source) => {
      evidence = { ...evidence, source };
    },
    refuse: (refusedCode) => {
      evidence = { ...evidence, refusedCode };
    },
    pace: (frozenAfterMs) => {
      pace = frozenAfterMs;
    },
    beginWait: () => {
      evidence = { ...evidence, openedAtMs: platformNow(), refusedCode: null };
    },
    forget: () => {
      pace = null;
      evidence = { ...evidence, openedAtMs: platformNow(), lastFrame: null };
    },
    source: () => evidence.source,
  };
}
