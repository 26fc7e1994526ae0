import type { CameraClockChange } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { GatewayLimits } from '../limits.ts';

/** Turns what is known of cameras' clocks into what the platform is told: wrong, and right again. The same is never told twice. */
export type ClockReports = { note(told: { cameraId: CameraId; offsetMs: number }): void };

// A clock at the very limit must not go to and fro.
const rightAgainShare = 0.9;

export function createClockReports({
  limits,
  onClockChange,
}: {
  limits: Pick<GatewayLimits, 'clockWrongMs'>;
  onClockChange?: ((change: CameraClockChange) => void) | undefined;
}): ClockReports {
  const told = new Map<CameraId, 'wrong' | 'right'>();
  return {
    note({ cameraId, offsetMs }) {
      const offMs = Math.abs(offsetMs);
      const clock = told.get(cameraId);
      if (offMs > limits.clockWrongMs && clock !== 'wrong') {
        told.set(cameraId, 'wrong');
        onClockChange?.({ cameraId, clock: 'wrong', offsetMs });
      } else if (offMs <= limits.clockWrongMs * rightAgainShare && clock !== 'right') {
        told.set(cameraId, 'right');
        onClockChange?.({ cameraId, clock: 'right' });
      }
    },
  };
}
