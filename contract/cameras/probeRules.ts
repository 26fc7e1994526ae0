import type { CameraId } from '#contract/values/index.ts';
import { gradeOf } from './grade.ts';
import { type CameraProbe, type MeasuredStream, probeLimits, type StreamProbe } from './probe.ts';
import type { CameraFactDraft, CamerasState } from './rules.ts';

/** The fact of what was found; none when the record says the same of the last day. */
export function decideProbed(
  state: CamerasState,
  { cameraId, probe: { atMs, streams } }: { cameraId: CameraId; probe: CameraProbe },
): readonly CameraFactDraft[] {
  const condition = state.get(cameraId);
  const known = condition?.probed ?? null;
  if (known !== null && isSameProbe(known.streams, streams) && atMs - known.atMs < probeLimits.toldAgainMs) return [];
  return [{ type: 'cameras.probed', payload: { cameraId, version: (condition?.version ?? 0) + 1, streams: [...streams] } }];
}

/** What was found of these cameras is of other addresses than they have now. */
export function decideProbesOutdated(state: CamerasState, cameraIds: readonly CameraId[]): readonly CameraFactDraft[] {
  return cameraIds.flatMap((cameraId): CameraFactDraft[] => {
    const condition = state.get(cameraId);
    if (condition?.probed == null) return [];
    return [{ type: 'cameras.probeOutdated', payload: { cameraId, version: condition.version + 1 } }];
  });
}

/** Whether two results say the same: figures that are never twice alike (rates, times) may differ as they do from one minute to the next. */
export function isSameProbe(a: readonly StreamProbe[], b: readonly StreamProbe[]): boolean {
  const isAlike = a.length === b.length && a.every((stream, at) => isSameStream(stream, b[at]));
  const remarks = (streams: readonly StreamProbe[]) =>
    gradeOf({ streams: [...streams] })
      .remarks.map(({ code, quality }) => `${code} ${quality}`)
      .join();
  return isAlike && remarks(a) === remarks(b);
}

function isSameStream(a: StreamProbe, b: StreamProbe | undefined): boolean {
  if (b === undefined || a.quality !== b.quality || a.outcome !== b.outcome) return false;
  if (a.outcome === 'measured' && b.outcome === 'measured') return isSameMeasured(a, b);
  return JSON.stringify(a) === JSON.stringify(b);
}

const exactly = ['plays', 'codec', 'profile', 'level', 'widthPx', 'heightPx', 'hasBFrames', 'audio', 'transport', 'isFallback'] as const;

function isSameMeasured(a: MeasuredStream, b: MeasuredStream): boolean {
  if (exactly.some((figure) => a[figure] !== b[figure]) || a.pictureTime !== b.pictureTime) return false;
  return (
    isNear(a.framesPerSecond, b.framesPerSecond, { share: 0.2, least: 1 }) &&
    isNear(a.group?.seconds ?? null, b.group?.seconds ?? null, { share: 0.3, least: 0.5 }) &&
    // Scenes change what is sent: by day and by night it is easily the double.
    isNear(a.bitsPerSecond, b.bitsPerSecond, { share: 0.6, least: 100_000 }) &&
    isNear(a.clockOffsetMs, b.clockOffsetMs, { share: 0, least: 5_000 })
  );
}

function isNear(a: number | null, b: number | null, { share, least }: { share: number; least: number }): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= Math.max(least, Math.max(Math.abs(a), Math.abs(b)) * share);
}
