import type { CameraClass } from './camera.ts';

/**
 * Whether pictures of such a camera carry who looks at them, from where and when: moving, over the whole picture, legible from where people stand
 * (safety.md, "Pictures and privacy"). It does not mask anything: it tells whose screen a photograph of it is of.
 */
export function asksForWatermark(cameraClass: CameraClass): boolean {
  switch (cameraClass) {
    case 'ordinary':
      return false;
    case 'school':
    case 'clinic':
    case 'homeFront':
      return true;
  }
}
