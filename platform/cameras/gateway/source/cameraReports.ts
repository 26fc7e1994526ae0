import type { StreamQuality } from '#contract/cameras/index.ts';
import type { CameraId, Timers } from '#contract/values/index.ts';
import type { SourceChange } from '#platform/cameras/ports.ts';
import { createDeadline, type Deadline } from '../deadline.ts';
import type { GatewayLimits } from '../limits.ts';
import type { SourceCondition } from './pictures.ts';

/**
 * Turns the conditions of sources into what the platform is told of a camera: lost when none of its open qualities has pictures and that
 * lasted `tellLostAfterMs` (a quick restart is no fact), normal as soon as one flows. The same is never told twice.
 */
export type CameraReports = {
  note(noted: { cameraId: CameraId; quality: StreamQuality; condition: SourceCondition }): void;
  /** The source was ended because nobody looks: that says nothing about the camera. */
  forget(source: { cameraId: CameraId; quality: StreamQuality }): void;
  close(): void;
};

type Seen = { readonly conditions: Map<StreamQuality, SourceCondition>; readonly lostLater: Deadline; told: SourceChange['source'] | null };

export function createCameraReports({
  timers,
  limits,
  onSourceChange,
}: {
  timers: Timers;
  limits: GatewayLimits;
  onSourceChange: (change: SourceChange) => void;
}): CameraReports {
  const cameras = new Map<CameraId, Seen>();
  const seenOf = (cameraId: CameraId): Seen => {
    const seen = cameras.get(cameraId) ?? { conditions: new Map(), lostLater: createDeadline(timers), told: null };
    cameras.set(cameraId, seen);
    return seen;
  };
  const tell = (seen: Seen, change: SourceChange) => {
    if (seen.told === change.source) return;
    seen.told = change.source;
    onSourceChange(change);
  };
  const tellLost = (cameraId: CameraId) => {
    const seen = seenOf(cameraId);
    const lost = [...seen.conditions.values()].find((condition) => condition.kind === 'lost');
    if (lost !== undefined) tell(seen, { cameraId, source: 'lost', reason: lost.reason });
  };

  // Runs a change of what is seen, then starts or forgets the wait that belongs to it.
  const change = (cameraId: CameraId, apply: (conditions: Seen['conditions']) => void) => {
    const seen = seenOf(cameraId);
    const wasLost = isLost(seen);
    apply(seen.conditions);
    if (!isLost(seen)) seen.lostLater.clear();
    else if (!wasLost) seen.lostLater.set(limits.tellLostAfterMs, () => tellLost(cameraId));
    if ([...seen.conditions.values()].some(({ kind }) => kind === 'flowing')) tell(seen, { cameraId, source: 'normal' });
  };

  return {
    note: ({ cameraId, quality, condition }) => change(cameraId, (conditions) => conditions.set(quality, condition)),
    forget: ({ cameraId, quality }) => change(cameraId, (conditions) => conditions.delete(quality)),
    close() {
      for (const seen of cameras.values()) seen.lostLater.clear();
      cameras.clear();
    },
  };
}

function isLost({ conditions }: Seen): boolean {
  const kinds = [...conditions.values()].map((condition) => condition.kind);
  return kinds.includes('lost') && !kinds.includes('flowing');
}
