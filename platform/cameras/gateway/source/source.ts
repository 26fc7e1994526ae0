import type { CameraId, Clock } from '#contract/values/index.ts';
import type { SourceReading } from '#platform/cameras/ports.ts';
import type { RenditionAsked } from '../renditions/index.ts';
import type { LostReason } from './faultReason.ts';
import { keepRunning, type RunPorts } from './keepRunning.ts';
import { createMeasurers } from '../probe/measurers.ts';
import type { StreamMeasured } from '../probe/streamMeter.ts';
import type { FlowFigures } from '../truth/flowFigures.ts';
import type { Watched } from '../truth/motionRounds.ts';
import { createMotionWatch } from '../truth/motionWatch.ts';
import { createPictures, type SourceCondition, type SourceFragment, type SourceViewer } from './pictures.ts';
import { createFragmentReader } from './fragmentReader.ts';

/** One camera in one quality: one process for any number of viewers. */
export type Source = Watched & {
  /** Adds a viewer, who is told the condition and gets everything needed to start at once. */
  join(viewer: SourceViewer): void;
  leave(viewer: SourceViewer): void;
  viewerCount(): number;
  /** Has it measured without showing it to anybody; `onChange` comes with each fragment and condition. The answered function ends that. */
  measure(onChange: () => void): () => void;
  /** It was stopped while it was measured: somebody else needs the camera, or nobody is served any more. */
  isStopped(): boolean;
  /** How many measure it. */
  measurers(): number;
  /** Null while nothing came in its newest run. */
  measured(): StreamMeasured | null;
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
  startAfter: Promise<unknown>;
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
  const measurers = createMeasurers();
  const pictures = createPictures(ports.limits);
  const reader = createFragmentReader({ clock, onOffset: (offsetMs) => onClock({ cameraId, offsetMs }) });
  let condition: SourceCondition = { kind: 'starting' };
  let conditionSinceMs = clock.nowMs();
  let runs = 0;
  let isStopped = false;

  const setCondition = (next: SourceCondition) => {
    if (next.kind !== condition.kind) conditionSinceMs = clock.nowMs();
    condition = next;
    for (const viewer of viewers) viewer.onCondition(next);
    measurers.tell();
    onCondition(next);
  };
  const lose = (reason: LostReason, code: string | null) => {
    if (code === 'cameras.pictureChanged') reader.meter.changed();
    // Every failed restart says it again; viewers are told changes only.
    const isUnencoded = code === 'cameras.transcodingFull';
    if (condition.kind === 'lost' && condition.reason === reason && (condition.isUnencoded ?? false) === isUnencoded) return;
    const sinceMs = condition.kind === 'lost' ? condition.sinceMs : (reader.lastPictureAtMs() ?? clock.nowMs());
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

  const beginRun = (run: number) => {
    runs = run;
    reader.begin();
  };

  const kept = keepRunning({
    ...{ ports, startAfter, rendition, onLost: lose, onEnded: pictures.clear },
    onStart: (form) => reader.meter.start({ atMs: clock.nowMs(), form }),
    onInit: (media, run) => {
      const init = { run, bytes: media.bytes, mimeType: media.mimeType };
      beginRun(run);
      reader.meter.init(media, 'shown');
      pictures.begin(init);
      for (const viewer of viewers) viewer.onInit(init);
    },
    onFragment(fragment) {
      show(reader.take(fragment, runs));
      measurers.tell();
    },
    // For whom nobody looks at it is not drawn anew.
    isMeasured: () => viewers.size === 0 && measurers.count() > 0,
    onForeign(media, run) {
      beginRun(run);
      reader.meter.init(media, 'foreign');
    },
    onMeasured(fragment) {
      reader.take(fragment, runs);
      measurers.tell();
    },
  });

  return {
    join(viewer) {
      viewers.add(viewer);
      viewer.onCondition(condition);
      pictures.replay(viewer);
      kept.show();
    },
    leave: (viewer) => void viewers.delete(viewer),
    viewerCount: () => [...viewers].reduce((sum, viewer) => sum + viewer.count(), 0),
    measure: measurers.join,
    measurers: measurers.count,
    measured: reader.meter.read,
    condition: () => condition,
    conditionSinceMs: () => conditionSinceMs,
    figures: () => reader.figures(doesFlow() ? 'flows' : 'stands'),
    restarts: () => Math.max(0, runs - 1),
    newestKey: pictures.newestKey,
    takeGrey: motion.takeGrey,
    processId: kept.processId,
    reading: kept.reading,
    fault: kept.fault,
    isStopped: () => isStopped,
    stop() {
      isStopped = true;
      measurers.tell();
      return kept.stop();
    },
  };
}
