import type { SteeringEnd, steeringFacts } from '#contract/audit/index.ts';
import type { z } from 'zod';
import { type PtzLease, ptzLimits, type PtzRefusalCode } from '#contract/cameras/index.ts';
import {
  type CameraId,
  type Clock,
  type DeskId,
  granted,
  type PersonId,
  type Result,
  refused,
  type Timers,
} from '#contract/values/index.ts';
import { createMotion, type Motion } from './motion.ts';
import type { PtzDevice } from './ports.ts';

/** Somebody who steers: a person at a desk, by one session. */
export type Steerer = {
  readonly personId: PersonId;
  readonly name: string;
  readonly rank: number;
  readonly deskId: DeskId;
  readonly sessionId: string;
};

/** A fact about steering before it has its envelope. */
export type SteeringFact = {
  [Type in keyof typeof steeringFacts]: { readonly type: Type; readonly payload: z.infer<(typeof steeringFacts)[Type]> };
}[keyof typeof steeringFacts];

/** One turn at one camera. */
export type Turn = { readonly steerer: Steerer; readonly motion: Motion };

/** Whose turn it is at each camera. */
export type Turns = {
  /** How it looks to somebody; ranks decide whether he might take over. */
  leaseOf(cameraId: CameraId, asker: Steerer): PtzLease;
  /** His own turn, begun or renewed; refused while it is somebody else's. */
  take(asked: { cameraId: CameraId; asker: Steerer; device: PtzDevice; from: 'nobody' | 'holder' }): Promise<Result<Turn, PtzRefusalCode>>;
  /** His turn if he has one. */
  turnOf(cameraId: CameraId, asker: Steerer): Turn | null;
  end(cameraId: CameraId, why: SteeringEnd): Promise<void>;
  /** All turns that are this one's, camera by camera. */
  turnsWhere(isTheirs: (steerer: Steerer) => boolean): readonly (readonly [CameraId, Turn])[];
};

type Held = Turn & { untilMs: number; cancelEnd: () => void };

export function createTurns({
  clock,
  timers,
  record,
}: {
  clock: Clock;
  timers: Timers;
  record: (steerer: Steerer, fact: SteeringFact) => void;
}): Turns {
  const turns = new Map<CameraId, Held>();
  const isHis = (held: Held, asker: Steerer) => held.steerer.sessionId === asker.sessionId && held.steerer.deskId === asker.deskId;
  // The same person at another desk takes his own camera along.
  const mayTakeFrom = ({ steerer }: Held, asker: Steerer) => asker.rank > steerer.rank || asker.personId === steerer.personId;
  const byWhom = (cameraId: CameraId, { deskId, personId }: Steerer) => ({ cameraId, deskId, personId });

  const renew = (cameraId: CameraId, held: Held) => {
    held.cancelEnd();
    held.untilMs = clock.nowMs() + ptzLimits.leaseMs;
    held.cancelEnd = timers.afterMs(ptzLimits.leaseMs, () => void end(cameraId, 'expired'));
  };
  const end: Turns['end'] = async (cameraId, why) => {
    const held = turns.get(cameraId);
    if (held === undefined) return;
    turns.delete(cameraId);
    held.cancelEnd();
    await held.motion.stop('turnEnded');
    record(held.steerer, { type: 'audit.steeringEnded', payload: { ...byWhom(cameraId, held.steerer), why } });
  };
  const begin = ({
    cameraId,
    asker,
    device,
    takenFrom,
  }: {
    cameraId: CameraId;
    asker: Steerer;
    device: PtzDevice;
    takenFrom: PersonId | null;
  }): Held => {
    const who = byWhom(cameraId, asker);
    const motion = createMotion({
      ...{ device, clock, timers },
      onMoved: (moved) => record(asker, { type: 'audit.cameraMoved', payload: { ...who, ...moved } }),
    });
    const held: Held = { steerer: asker, motion, untilMs: 0, cancelEnd: () => {} };
    turns.set(cameraId, held);
    record(asker, { type: 'audit.steeringTaken', payload: { ...who, takenFrom } });
    return held;
  };

  return {
    leaseOf(cameraId, asker) {
      const held = turns.get(cameraId);
      if (held === undefined) return { kind: 'free' };
      if (isHis(held, asker)) return { kind: 'mine', untilMs: held.untilMs };
      return { kind: 'held', holder: held.steerer.name.slice(0, 60), untilMs: held.untilMs, canTakeOver: mayTakeFrom(held, asker) };
    },
    async take({ cameraId, asker, device, from }) {
      const held = turns.get(cameraId);
      if (held !== undefined && isHis(held, asker)) {
        renew(cameraId, held);
        return granted(held);
      }
      if (held !== undefined) {
        const holder = { holder: held.steerer.name, forS: Math.max(1, Math.ceil((held.untilMs - clock.nowMs()) / 1000)) };
        if (from === 'nobody') return refused('cameras.ptzHeld', holder);
        if (!mayTakeFrom(held, asker)) return refused('cameras.ptzRoleTooLow', holder);
        await end(cameraId, 'takenOver');
        // Somebody may have been quicker while the camera was being stopped.
        if (turns.has(cameraId)) return refused('cameras.ptzHeld', holder);
      }
      const own = begin({ cameraId, asker, device, takenFrom: held?.steerer.personId ?? null });
      renew(cameraId, own);
      return granted(own);
    },
    turnOf(cameraId, asker) {
      const held = turns.get(cameraId);
      return held !== undefined && isHis(held, asker) ? held : null;
    },
    end,
    turnsWhere: (isTheirs) => [...turns].filter(([, { steerer }]) => isTheirs(steerer)),
  };
}
