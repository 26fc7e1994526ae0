import { createStore, type StoreApi } from 'zustand/vanilla';
import { type PtzLease, type PtzMove, ptzLimits, type PtzQuestion, type PtzStatus } from '#contract/cameras/index.ts';
import type { CameraId, Refusal, Timers } from '#contract/values/index.ts';
import type { RoomAccess } from '../room/index.ts';

/** What is known of steering one camera. `status` null: not told yet. */
export type SteeringState = { readonly status: PtzStatus | null; readonly lease: PtzLease | null; readonly refusal: Refusal | null };

/** Speeds of a move that goes on while something is held. */
export type Speeds = Pick<PtzMove, 'pan' | 'tilt' | 'zoom'>;

/** Steers one camera from this window. */
export type Steering = {
  readonly store: StoreApi<SteeringState>;
  /** Moves until `letGo`; said again as often as the platform wants, because it stops a camera whose window is gone. */
  hold(speeds: Speeds): void;
  letGo(): void;
  goTo(preset: string): void;
  takeOver(): void;
  /** Stops and gives the camera back. */
  release(): void;
  close(): void;
};

/** Asks what the camera can, and steers it. */
export function openSteering({ cameraId, ask, timers }: { cameraId: CameraId; ask: RoomAccess['ask']; timers: Timers }): Steering {
  const store = createStore<SteeringState>(() => ({ status: null, lease: null, refusal: null }));
  let held: Speeds | null = null;
  let cancel = () => {};
  const say = async (question: PtzQuestion): Promise<boolean> => {
    const answer = await ask('steer', { question });
    if (!answer.ok) {
      store.setState({ refusal: answer.refusal });
      return false;
    }
    const told = answer.value;
    if ('axes' in told) store.setState({ status: told, lease: told.lease, refusal: null });
    else store.setState({ lease: told, refusal: null });
    return true;
  };
  const stop = () => {
    if (held === null) return;
    held = null;
    cancel();
    void say({ type: 'cameras.ptzStop', cameraId });
  };
  const repeat = async (speeds: Speeds): Promise<void> => {
    cancel = timers.afterMs(ptzLimits.repeatEveryMs, () => void repeat(speeds));
    const isDone = await say({ type: 'cameras.ptzMove', cameraId, ...speeds });
    // Whoever may not steer is told once, not three times a second.
    if (isDone || held !== speeds) return;
    held = null;
    cancel();
  };
  void say({ type: 'cameras.ptzStatus', cameraId });
  return {
    store,
    hold: (speeds) => {
      cancel();
      held = speeds;
      void repeat(speeds);
    },
    letGo: stop,
    goTo: (preset) => void say({ type: 'cameras.ptzGoTo', cameraId, preset }),
    takeOver: () => void say({ type: 'cameras.ptzTake', cameraId, from: 'holder' }),
    release: () => {
      held = null;
      cancel();
      void say({ type: 'cameras.ptzRelease', cameraId });
    },
    close: () => {
      stop();
      if (store.getState().lease?.kind === 'mine') void say({ type: 'cameras.ptzRelease', cameraId });
    },
  };
}
