import type { StreamQuality } from '#contract/cameras/index.ts';
import type { PlayerKind } from '../players/index.ts';

/** Why a picture is not played the way its tile asks for; a code, put into words at the tile. */
export type LadderReason = 'unreached' | 'undecodable' | 'tooSlow' | 'lineSlow';

/** One way to play a picture. */
export type Rung = { readonly quality: StreamQuality; readonly kind: PlayerKind };

/** What went wrong with a rung: nothing came at all, what came cannot be decoded, or it comes too slowly. */
export type RungFault = Exclude<LadderReason, 'lineSlow'>;

/** Which way a picture is played: steps down when a way fails, and up again after clean minutes, for ever. */
export type Ladder = {
  rung(): Rung;
  /** Null while it is played as asked for. */
  reason(): LadderReason | null;
  /** Whether the smaller picture is played instead of the one that is asked for. */
  isLowered(): boolean;
  want(quality: StreamQuality): void;
  /** Null: what happened says nothing about the way. */
  failed(fault: RungFault | null): void;
  /** The whole line starves: true when the small picture is played from now on. */
  starved(): boolean;
  /** Pictures come. True when it is time to try the way up: `rung` is the better one from now on. */
  lived(nowMs: number): boolean;
};

/** A way that failed so often in a row is left; one failure is an accident. */
const failuresToStep = 3;
/** Clean for this long, and the better way is tried again; each time in vain doubles it. */
const cleanMs = 2 * 60_000;
const greatestCleanMs = 16 * 60_000;

/** Makes a ladder. `kindsFor` names the players that can play a rendition, the best first; `hasSub` whether there is a smaller picture. */
export function createLadder({
  quality,
  kindsFor,
  hasSub,
}: {
  quality: StreamQuality;
  kindsFor: (quality: StreamQuality) => readonly PlayerKind[];
  hasSub: () => boolean;
}): Ladder {
  let wanted = quality;
  let isLowered = false;
  let kindSteps = 0;
  let failures = 0;
  let reason: LadderReason | null = null;
  let cleanSinceMs: number | null = null;
  let waitMs = cleanMs;
  let hasRisen = false;

  const isLower = (): boolean => isLowered && wanted === 'main' && hasSub();
  const kinds = (): readonly PlayerKind[] => kindsFor(isLower() ? 'sub' : wanted);
  const rung = (): Rung => ({
    quality: isLower() ? 'sub' : wanted,
    kind: kinds()[kindSteps % Math.max(1, kinds().length)] ?? 'push',
  });
  const lower = (): void => {
    isLowered = true;
    kindSteps = 0;
  };
  const step = (why: LadderReason): void => {
    const canLower = wanted === 'main' && !isLowered && hasSub();
    // Pictures that come but cannot be shown are asked for smaller; one that does not come is asked for in every other way first.
    const isLastKind = kindSteps + 1 >= kinds().length;
    if (canLower && (why !== 'unreached' || isLastKind)) lower();
    else kindSteps = isLastKind ? 0 : kindSteps + 1;
    reason = isLowered || kindSteps > 0 ? why : null;
    failures = 0;
    cleanSinceMs = null;
    if (hasRisen) waitMs = Math.min(greatestCleanMs, waitMs * 2);
    hasRisen = false;
  };
  return {
    rung,
    reason: () => reason,
    isLowered: isLower,
    want: (next) => {
      wanted = next;
      if (next === 'main') return;
      isLowered = false;
      if (kindSteps === 0) reason = null;
    },
    failed: (fault) => {
      if (fault === null) return;
      failures += 1;
      cleanSinceMs = null;
      if (failures >= failuresToStep) step(fault);
    },
    starved: () => {
      const canLower = wanted === 'main' && !isLowered && hasSub();
      if (canLower) step('lineSlow');
      return canLower;
    },
    lived: (nowMs) => {
      cleanSinceMs ??= nowMs;
      failures = 0;
      if (nowMs - cleanSinceMs < waitMs) return false;
      if (reason === null) {
        waitMs = cleanMs;
        hasRisen = false;
        return false;
      }
      isLowered = false;
      kindSteps = 0;
      reason = null;
      cleanSinceMs = null;
      hasRisen = true;
      return true;
    },
  };
}
