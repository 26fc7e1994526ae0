import type { Camera, CameraCondition } from '#contract/cameras/index.ts';
import type { CameraSeverity } from './engine/index.ts';

/** How bad a camera is, from what the record and the directory say of it. */
export function cameraSeverity(camera: Pick<Camera, 'streams'>, condition: CameraCondition | undefined): CameraSeverity {
  if (camera.streams.length === 0) return 'unconnected';
  if (condition === undefined) return 'well';
  if (condition.source.kind === 'lost') return 'lost';
  const { source, fault, clock, flapping } = condition;
  return source.kind === 'unmoving' || fault !== null || clock != null || flapping != null ? 'troubled' : 'well';
}
