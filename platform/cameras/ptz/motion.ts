import type { MoveEnd } from '#contract/audit/index.ts';
import { ptzLimits } from '#contract/cameras/index.ts';
import { type Clock, granted, type Result, type Timers } from '#contract/values/index.ts';
import type { PtzDevice, PtzDeviceRefusal, PtzSpeeds } from './ports.ts';

/** The moving of one camera: newest speed wins, nothing piles up, and silence stops it. */
export type Motion = {
  move(speeds: PtzSpeeds): Promise<Result<null, PtzDeviceRefusal>>;
  /** Stands still; resolves when the device has been told. Nothing is sent when it stands already. */
  stop(why: MoveEnd): Promise<Result<null, PtzDeviceRefusal>>;
};

/** A stop that the device did not take is sent again this often at once; beyond it the device's own timeout remains. */
const stopTries = 3;

export function createMotion({
  device,
  clock,
  timers,
  onMoved,
}: {
  device: PtzDevice;
  clock: Clock;
  timers: Timers;
  /** Told at the end of each interval of moving. */
  onMoved: (moved: { fromMs: number; toMs: number; why: MoveEnd }) => void;
}): Motion {
  let fromMs: number | null = null;
  let wanted: PtzSpeeds | null = null;
  let sending: Promise<Result<null, PtzDeviceRefusal>> | null = null;
  let cancelDeadMan = () => {};

  // One command at a time: a slow device gets the newest wish, not all of them.
  const send = async (): Promise<Result<null, PtzDeviceRefusal>> => {
    let answer: Result<null, PtzDeviceRefusal> = granted(null);
    while (wanted !== null) {
      const speeds = wanted;
      wanted = null;
      answer = await device.move(speeds);
    }
    sending = null;
    return answer;
  };

  const stop: Motion['stop'] = async (why) => {
    cancelDeadMan();
    if (fromMs === null) return granted(null);
    const moved = { fromMs, toMs: clock.nowMs(), why };
    fromMs = null;
    wanted = null;
    // A move that is on its way must not arrive after the stop.
    await sending;
    let answer = await device.stop();
    for (let tried = 1; !answer.ok && tried < stopTries && fromMs === null; tried += 1) answer = await device.stop();
    onMoved({ ...moved, toMs: Math.max(moved.fromMs, moved.toMs) });
    return answer;
  };

  return {
    async move(speeds) {
      if (speeds.pan === 0 && speeds.tilt === 0 && speeds.zoom === 0) return await stop('stopped');
      fromMs ??= clock.nowMs();
      wanted = speeds;
      cancelDeadMan();
      cancelDeadMan = timers.afterMs(ptzLimits.deadManMs, () => void stop('silent'));
      sending ??= send();
      const answer = await sending;
      if (!answer.ok) await stop('deviceFailed');
      return answer;
    },
    stop,
  };
}
