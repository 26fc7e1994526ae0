import type { Camera, CameraCondition } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { ProbePorts } from './ports.ts';

/** When a camera is looked at again without anybody asking. */
export const dueAfterMs = {
  /** Nothing came of it: it may have been off. */
  failed: 24 * 60 * 60_000,
  /** Settings change; a probe costs a camera some seconds of one more connection. */
  good: 30 * 24 * 60 * 60_000,
} as const;

/** Whether nothing is known of a connected camera's streams. */
export function isUnprobed({ streams }: Pick<Camera, 'streams'>, condition: CameraCondition | undefined): boolean {
  return streams.length > 0 && condition?.probed == null;
}

/**
 * The cameras that may be looked at while nobody needs the gateway, in an order of chance: recorders with many of them are not met one
 * after the other. Read from the record each time, so a restart forgets nothing.
 */
export function dueCameras({ cameras, conditions, hostOf, randomness, clock }: ProbePorts): readonly CameraId[] {
  const [known, nowMs] = [conditions(), clock.nowMs()];
  return cameras()
    .filter((camera) => isDue(camera, { condition: known.get(camera.id), nowMs }) && hostOf(camera.id) !== null)
    .map(({ id }) => ({ id, chance: randomness() }))
    .toSorted((a, b) => a.chance - b.chance)
    .map(({ id }) => id);
}

function isDue(camera: Camera, { condition, nowMs }: { condition: CameraCondition | undefined; nowMs: number }): boolean {
  if (isUnprobed(camera, condition)) return true;
  const probe = condition?.probed;
  if (probe == null || camera.streams.length === 0) return false;
  const hasFailed = probe.streams.some(({ outcome }) => outcome === 'failed');
  return nowMs - probe.atMs >= (hasFailed ? dueAfterMs.failed : dueAfterMs.good);
}
