import { useCallback, useEffect, useState } from 'react';
import { type Camera, type LiftQuestion, type LiftState, liftLimits, usualView } from '#contract/cameras/index.ts';
import type { Refusal } from '#contract/values/index.ts';
import { systemPorts, useRoomAccess } from '../room/index.ts';

/** How one's own request to see a masked camera stands. */
export type Lift = {
  readonly state: LiftState;
  /** Why it was not even rung. */
  readonly refusal: Refusal | null;
  ask(wanted: Pick<Extract<LiftQuestion, { type: 'cameras.askLift' }>, 'reason' | 'minutes'>): void;
  /** Masked again, or the request taken back. */
  end(): void;
};

// While a leave holds, its end is noticed well within the 10 s in which the picture is masked again.
const heldEveryMs = 3_000;

/** Follows it while the camera is looked at; null for a camera that has nothing to lift. */
export function useLift(camera: Camera): Lift | null {
  const room = useRoomAccess();
  const cameraId = camera.id;
  const isMasked = usualView(camera) !== 'plain';
  const [state, setState] = useState<LiftState>({ kind: 'masked' });
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const say = useCallback(
    async (question: LiftQuestion) => {
      const answer = await room.ask('askLift', { question });
      if (answer.ok) setState(answer.value);
      setRefusal(answer.ok || question.type === 'cameras.liftStatus' ? null : answer.refusal);
    },
    [room],
  );
  useEffect(() => {
    if (!isMasked) return;
    return systemPorts.timers.afterMs(0, () => void say({ type: 'cameras.liftStatus', cameraId }));
  }, [isMasked, cameraId, say]);
  const { kind } = state;
  useEffect(() => {
    if (kind !== 'waiting' && kind !== 'lifted') return;
    const everyMs = kind === 'waiting' ? liftLimits.askEveryMs : heldEveryMs;
    let cancel = () => {};
    const next = () => {
      cancel = systemPorts.timers.afterMs(everyMs, () => {
        next();
        void say({ type: 'cameras.liftStatus', cameraId });
      });
    };
    next();
    return () => cancel();
  }, [kind, cameraId, say]);
  if (!isMasked) return null;
  return {
    state,
    refusal,
    ask: (wanted) => void say({ type: 'cameras.askLift', cameraId, ...wanted }),
    end: () => void say({ type: 'cameras.endLift', cameraId }),
  };
}
