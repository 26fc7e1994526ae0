import { createClockOffset } from '#contract/cameras/index.ts';
import type { CameraId, Clock } from '#contract/values/index.ts';
import type { SourceReading } from '#platform/cameras/ports.ts';
import type { RenditionAsked } from '../renditions/index.ts';
import type { LostReason } from './faultReason.ts';
import { keepRunning, type RunPorts } from './keepRunning.ts';
import { createFlowFigures, type FlowFigures } from '../truth/flowFigures.ts';
import type { Watched } from '../truth/motionRounds.ts';
import { createMotionWatch } from '../truth/motionWatch.ts';
import { createPictures, type SourceCondition, type SourceFragment, type SourceViewer } from './pictures.ts';
import { createSourceClock } from './sourceClock.ts';

/** One camera in one quality: one process for any number of viewers. */
export type Source = Watched & {
  /** Adds a viewer, who is told the condition and gets everything needed to start at once. */
  join(viewer: SourceViewer): void;
  leave(viewer: SourceViewer): void;
  viewerCount(): number;
  condition(): SourceCondition;
  /** Since when it is so, epoch ms. */
  conditionSinceMs(): number;
  figures(): FlowFigures;
  /** How often it was started again. */
  restarts(): number;
  processId(): number | null;
  reading(): SourceReading | null;
  fault(): string | null;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
};

export type SourceOptions = {
  ports: RunPorts & { clock: Clock };
  startAfter: Promise<void>;
  rendition: RenditionAsked;
  onCondition: (condition: SourceCondition) => void;
  /** The camera's clock, as known with each fragment that has a proven one. */
  onClock: (told: { cameraId: CameraId; offsetMs: number }) => void;
};

/** Opens a source: its process starts when the queue lets it. */
export function openSource({ ports, startAfter, rendition, onCondition, onClock }: SourceOptions): Source {
  const { clock, log } = ports;
  const { cameraId, quality } = rendition;
  const viewers = new Set<SourceViewer>();
  const pictures = createPictures(ports.limits);
  let sourceClock = createSourceClock();
  // Both go on over restarts: the camera's clock and what it looks at are the same ones.
  const clockOffset = createClockOffset();
  const flow = createFlowFigures();
  let condition: SourceCondition = { kind: 'starting' };
  let conditionSinceMs = clock.nowMs();
  let fragments = 0;
  let runs = 0;
  let lastPictureAtMs: number | null = null;

  const setCondition = (next: SourceCondition) => {
    if (next.kind !== condition.kind) conditionSinceMs = clock.nowMs();
    condition = next;
    for (const viewer of viewers) viewer.onCondition(next);
    onCondition(next);
  };
  const lose = (reason: LostReason, code: string | null) => {
    // Every failed restart says it again; viewers are told changes only.
    const isUnencoded = code === 'cameras.transcodingFull';
    if (condition.kind === 'lost' && condition.reason === reason && (condition.isUnencoded ?? false) === isUnencoded) return;
    const sinceMs = condition.kind === 'lost' ? condition.sinceMs : (lastPictureAtMs ?? clock.nowMs());
    setCondition({ kind: 'lost', sinceMs, reason, ...(isUnencoded ? { isUnencoded } : {}) });
  };
  const doesFlow = () => condition.kind === 'flowing' || condition.kind === 'unmoving';
  const flowing = (): SourceCondition => {
    const unmoving = motion.unmoving();
    return unmoving === null ? { kind: 'flowing' } : { kind: 'unmoving', ...unmoving };
  };
  const motion = createMotionWatch({
    stillAfterMs: ports.limits.stillAfterMs,
    onChange: () => {
      if (!doesFlow()) return;
      setCondition(flowing());
      log.info({ cameraId, quality, unmoving: motion.unmoving() }, 'whether a picture moves');
    },
  });
  const show = (fragment: SourceFragment) => {
    if (!doesFlow()) {
      log.info({ cameraId, quality, run: fragment.run }, 'source flows');
      setCondition(flowing());
    }
    if (fragment.isKey) motion.takeKey(fragment.bytes, fragment.arrivedAtMs);
    pictures.add(fragment);
    for (const viewer of viewers) viewer.onFragment(fragment);
  };

  const kept = keepRunning({
    ...{ ports, startAfter, rendition, onLost: lose, onEnded: pictures.clear },
    onInit: ({ bytes, mimeType }, run) => {
      const init = { run, bytes, mimeType };
      runs = run;
      sourceClock = createSourceClock();
      pictures.begin(init);
      for (const viewer of viewers) viewer.onInit(init);
    },
    onFragment: ({ bytes, isKey, mediaTime, durationS, samples, clockMs }, run) => {
      fragments += 1;
      const arrivedAtMs = clock.nowMs();
      lastPictureAtMs = arrivedAtMs;
      const sourceAtMs = sourceClock.sourceAtMs({ clockMs, mediaTime });
      if (sourceAtMs !== null) clockOffset.add({ arrivedAtMs, sourceAtMs, durationS });
      const clockOffsetMs = clockOffset.offsetMs();
      if (sourceAtMs !== null && clockOffsetMs !== null) onClock({ cameraId, offsetMs: clockOffsetMs });
      const fragment = { number: fragments, run, bytes, isKey, mediaTime, durationS, arrivedAtMs, sourceAtMs, clockOffsetMs };
      flow.add({ ...fragment, samples });
      show(fragment);
    },
  });

  return {
    join(viewer) {
      viewers.add(viewer);
      viewer.onCondition(condition);
      pictures.replay(viewer);
    },
    leave: (viewer) => void viewers.delete(viewer),
    viewerCount: () => [...viewers].reduce((sum, viewer) => sum + viewer.count(), 0),
    condition: () => condition,
    conditionSinceMs: () => conditionSinceMs,
    figures: () => flow.now(doesFlow() ? 'flows' : 'stands'),
    restarts: () => Math.max(0, runs - 1),
    newestKey: pictures.newestKey,
    takeGrey: motion.takeGrey,
    processId: kept.processId,
    reading: kept.reading,
    fault: kept.fault,
    stop: kept.stop,
  };
}
