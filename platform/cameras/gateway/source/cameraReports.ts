import type { CameraId, Timers } from '#contract/values/index.ts';
import type { SourceChange } from '#platform/cameras/ports.ts';
import { createDeadline, type Deadline } from '../deadline.ts';
import type { GatewayLimits } from '../limits.ts';
import { type RenditionAsked, sourceKey } from '../renditions/index.ts';
import type { SourceCondition } from './pictures.ts';

/**
 * Turns the conditions of sources into what the platform is told of a camera: lost when none of its open qualities has pictures and that
 * lasted `tellLostAfterMs` (a quick restart is no fact), unmoving as soon as one of them is, normal as soon as one flows. A quality that was
 * just opened flows before it can be known whether it moves: it takes an "unmoving" back only when that would have shown. The same is never
 * told twice.
 */
export type CameraReports = {
  note(noted: RenditionAsked & { condition: SourceCondition }): void;
  /** The source was ended because nobody looks: that says nothing about the camera. */
  forget(source: RenditionAsked): void;
  close(): void;
};

type Seen = {
  readonly conditions: Map<string, SourceCondition>;
  readonly lostLater: Deadline;
  readonly movingLater: Deadline;
  told: SourceChange['source'] | null;
};

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
    const seen = cameras.get(cameraId) ?? {
      conditions: new Map(),
      lostLater: createDeadline(timers),
      movingLater: createDeadline(timers),
      told: null,
    };
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

  const tellFlowing = (cameraId: CameraId, before: SourceCondition | undefined) => {
    const seen = seenOf(cameraId);
    const conditions = [...seen.conditions.values()];
    const unmoving = conditions.find((condition) => condition.kind === 'unmoving');
    if (unmoving !== undefined) {
      seen.movingLater.clear();
      return tell(seen, { cameraId, source: 'unmoving', sinceMs: unmoving.sinceMs, why: unmoving.why });
    }
    if (!conditions.some(({ kind }) => kind === 'flowing')) return;
    if (seen.told !== 'unmoving' || before?.kind === 'unmoving') tell(seen, { cameraId, source: 'normal' });
    else seen.movingLater.set(limits.stillAfterMs, () => tellFlowing(cameraId, { kind: 'unmoving', sinceMs: 0, why: 'still' }));
  };

  // Runs a change of what is seen, then starts or forgets the wait that belongs to it.
  const change = (cameraId: CameraId, apply: (conditions: Seen['conditions']) => void, before?: SourceCondition) => {
    const seen = seenOf(cameraId);
    const wasLost = isLost(seen);
    apply(seen.conditions);
    if (!isLost(seen)) seen.lostLater.clear();
    else if (!wasLost) seen.lostLater.set(limits.tellLostAfterMs, () => tellLost(cameraId));
    tellFlowing(cameraId, before);
  };

  return {
    // Nothing is wrong with a camera whose pictures this gateway has no room to encode.
    note: ({ condition, ...rendition }) =>
      condition.kind === 'lost' && condition.isUnencoded === true
        ? change(rendition.cameraId, (conditions) => conditions.delete(sourceKey(rendition)))
        : change(
            rendition.cameraId,
            (conditions) => conditions.set(sourceKey(rendition), condition),
            seenOf(rendition.cameraId).conditions.get(sourceKey(rendition)),
          ),
    forget: (rendition) => change(rendition.cameraId, (conditions) => conditions.delete(sourceKey(rendition))),
    close() {
      for (const { lostLater, movingLater } of cameras.values()) {
        lostLater.clear();
        movingLater.clear();
      }
      cameras.clear();
    },
  };
}

function isLost({ conditions }: Seen): boolean {
  const kinds = [...conditions.values()].map((condition) => condition.kind);
  return kinds.includes('lost') && !kinds.includes('flowing') && !kinds.includes('unmoving');
}
