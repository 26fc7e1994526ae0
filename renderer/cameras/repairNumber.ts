import type { Camera, CameraCondition } from '#contract/cameras/index.ts';
import type { TimeStyle } from '../language/index.ts';

/**
 * What an open report of a fault is called on the phone: the camera's number, and the day and minute of the report in the county's time
 * (`0107-1123-0841`). Both stand in the register of faults too.
 */
export function repairNumber({
  camera,
  fault,
  time,
}: {
  camera: Pick<Camera, 'number'>;
  fault: NonNullable<CameraCondition['fault']>;
  time: (atMs: number, style: TimeStyle) => string;
}): string {
  const digits = (style: 'day' | 'minutes') => time(fault.reportedAtMs, style).replaceAll(/\D/g, '');
  return [camera.number, digits('day').slice(-4), digits('minutes')].filter((part) => part !== '').join('-');
}
