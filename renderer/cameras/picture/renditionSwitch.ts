import type { Timers } from '#contract/values/index.ts';
import type { PlayerEvidence } from '../players/index.ts';
import type { Doubles, Turn } from './doubles.ts';
import type { Rung, RungFault } from './ladder.ts';
import type { Rank } from './priority.ts';
import { faultOfEnd } from './recovery.ts';
import type { Take } from './take.ts';

export type FrameEvidence = Extract<PlayerEvidence, { kind: 'frame' }>;

/** Make before break: the new way of a picture plays beside the old one until a frame of it is proven. */
export type RenditionSwitch = {
  /** Starts a change, in its turn; one that was under way is given up. */
  begin(to: Rung): void;
  /** Gives up whatever is under way. */
  cancel(): void;
  target(): Rung | null;
  /** What the take tells that is not shown yet. */
  hear(take: Take, told: PlayerEvidence): void;
};

/** Makes it. `isProof` says whether a frame is good enough to be shown instead of what is there. */
export function createRenditionSwitch({
  doubles,
  rank,
  timers,
  provenWithinMs,
  prepare,
  start,
  isProof,
  onProven,
  onSingle,
  onFailed,
}: {
  doubles: Doubles;
  rank: Rank;
  timers: Timers;
  provenWithinMs: (to: Rung) => number;
  prepare: (rung: Rung) => Take;
  start: (take: Take) => void;
  isProof: (frame: FrameEvidence, to: Rung) => boolean;
  onProven: (take: Take, frame: FrameEvidence) => void;
  onSingle: () => void;
  onFailed: (fault: RungFault) => void;
}): RenditionSwitch {
  let target: Rung | null = null;
  let turn: Turn | null = null;
  let take: Take | null = null;
  let cancelLimit = () => {};

  /** Forgets the change; the take is whoever's it is now. */
  const finish = (): void => {
    cancelLimit();
    turn?.done();
    turn = null;
    take = null;
    target = null;
  };
  const cancel = (): void => {
    take?.close();
    finish();
  };
  const fail = (fault: RungFault): void => {
    cancel();
    onFailed(fault);
  };
  const open = (to: Rung): void => {
    cancelLimit = timers.afterMs(provenWithinMs(to), () => fail('tooSlow'));
    take = prepare(to);
    start(take);
  };
  return {
    begin: (to) => {
      cancel();
      target = to;
      turn = doubles.ask({
        rank,
        onTurn: (way) => {
          if (way === 'double') return open(to);
          finish();
          onSingle();
        },
      });
    },
    cancel,
    target: () => target,
    hear: (from, told) => {
      if (from !== take) return;
      switch (told.kind) {
        case 'frame':
          if (target === null || !isProof(told, target)) return;
          finish();
          return onProven(from, told);
        case 'refused':
          from.close();
          return fail('unreached');
        case 'ended':
          from.close();
          return fail(faultOfEnd({ code: told.code, phase: 'gateway' }) ?? 'unreached');
        case 'source':
        case 'pace':
        case 'phase':
          return;
      }
    },
  };
}
