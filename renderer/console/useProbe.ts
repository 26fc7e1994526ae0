import { useCallback, useEffect, useState } from 'react';
import { type CameraProbe, probeLimits, type ProbeQuestion, type ProbeState } from '#contract/cameras/index.ts';
import type { CameraId, Refusal } from '#contract/values/index.ts';
import { systemPorts, useRoom, useRoomAccess } from '../room/index.ts';

/** What is known of a camera's streams, and how a probe that was asked for stands. */
export type Probing = {
  /** The newest result; null = there never was one. */
  readonly probe: CameraProbe | null;
  readonly state: ProbeState;
  readonly refusal: Refusal | null;
  ask(): void;
};

/** Follows one camera's probe: the record's result, and a newer one as long as it is asked for here. */
export function useProbe(cameraId: CameraId): Probing {
  const room = useRoomAccess();
  const recorded = useRoom(({ cameras }) => cameras.get(cameraId)?.probed ?? null);
  const [state, setState] = useState<ProbeState>({ kind: 'none' });
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const say = useCallback(
    async (question: ProbeQuestion) => {
      const answer = await room.ask('probe', { question });
      if (answer.ok) setState(answer.value);
      setRefusal(answer.ok ? null : answer.refusal);
    },
    [room],
  );
  const { kind } = state;
  useEffect(() => {
    if (kind !== 'waiting' && kind !== 'running') return;
    let cancel = () => {};
    const next = () => {
      cancel = systemPorts.timers.afterMs(probeLimits.askEveryMs, () => {
        next();
        void say({ type: 'cameras.probeStatus', cameraId });
      });
    };
    next();
    return () => cancel();
  }, [kind, cameraId, say]);
  // A result that says nothing new is on no record: the answer has its time.
  const isNewer = state.kind === 'done' && state.probe.atMs > (recorded?.atMs ?? 0);
  return {
    probe: isNewer ? state.probe : recorded,
    state,
    refusal: state.kind === 'putOff' ? { code: state.code } : refusal,
    ask: () => void say({ type: 'cameras.probe', cameraId }),
  };
}
