import type { StreamQuality } from '#contract/cameras/index.ts';
import type { CameraId, Clock } from '#contract/values/index.ts';
import type { SourceReading } from '#platform/cameras/ports.ts';
import type { LostReason } from './faultReason.ts';
import { keepRunning, type RunPorts } from './keepRunning.ts';
import { createPictures, type SourceCondition, type SourceFragment, type SourceViewer } from './pictures.ts';
import { createSourceClock } from './sourceClock.ts';

/** One camera in one quality: one process for any number of viewers. */
export type Source = {
  /** Adds a viewer, who is told the condition and gets everything needed to start at once. */
  join(viewer: SourceViewer): void;
  leave(viewer: SourceViewer): void;
  viewerCount(): number;
  condition(): SourceCondition;
  processId(): number | null;
  reading(): SourceReading | null;
  fault(): string | null;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
};

export type SourceOptions = {
  ports: RunPorts & { clock: Clock };
  startAfter: Promise<void>;
  cameraId: CameraId;
  quality: StreamQuality;
  onCondition: (condition: SourceCondition) => void;
};

/** Opens a source: its process starts when the queue lets it. */
export function openSource({ ports, startAfter, cameraId, quality, onCondition }: SourceOptions): Source {
  const { clock, log } = ports;
  const viewers = new Set<SourceViewer>();
  const pictures = createPictures(ports.limits);
  let sourceClock = createSourceClock();
  let condition: SourceCondition = { kind: 'starting' };
  let fragments = 0;
  let lastPictureAtMs: number | null = null;

  const setCondition = (next: SourceCondition) => {
    condition = next;
    for (const viewer of viewers) viewer.onCondition(next);
    onCondition(next);
  };
  const lose = (reason: LostReason) => {
    // Every failed restart says it again; viewers are told changes only.
    if (condition.kind === 'lost' && condition.reason === reason) return;
    const sinceMs = condition.kind === 'lost' ? condition.sinceMs : (lastPictureAtMs ?? clock.nowMs());
    setCondition({ kind: 'lost', sinceMs, reason });
  };
  const show = (fragment: SourceFragment) => {
    if (condition.kind !== 'flowing') {
      log.info({ cameraId, quality, run: fragment.run }, 'source flows');
      setCondition({ kind: 'flowing' });
    }
    pictures.add(fragment);
    for (const viewer of viewers) viewer.onFragment(fragment);
  };

  const kept = keepRunning({
    ...{ ports, startAfter, cameraId, quality, onLost: lose, onEnded: pictures.clear },
    onInit: ({ bytes, mimeType }, run) => {
      const init = { run, bytes, mimeType };
      sourceClock = createSourceClock();
      pictures.begin(init);
      for (const viewer of viewers) viewer.onInit(init);
    },
    onFragment: ({ bytes, isKey, mediaTime, durationS, clockMs }, run) => {
      fragments += 1;
      lastPictureAtMs = clock.nowMs();
      const sourceAtMs = sourceClock.sourceAtMs({ clockMs, mediaTime });
      show({ number: fragments, run, bytes, isKey, mediaTime, durationS, arrivedAtMs: lastPictureAtMs, sourceAtMs });
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
    processId: kept.processId,
    reading: kept.reading,
    fault: kept.fault,
    stop: kept.stop,
  };
}
