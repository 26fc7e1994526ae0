import type { CameraClockChange, StreamQuality } from '#contract/cameras/index.ts';
import { type CameraId, type Clock, granted, type Result, refused } from '#contract/values/index.ts';
import type { CameraGateway, SourceChange } from '#platform/cameras/ports.ts';
import { createDeadline, type Deadline } from '../deadline.ts';
import { createClockReports } from '../truth/clockReports.ts';
import type { DecodeGrey } from '../truth/greyDecoder.ts';
import { startMotionRounds } from '../truth/motionRounds.ts';
import { type RenditionAsked, sourceKey } from '../renditions/index.ts';
import { createCameraReports } from './cameraReports.ts';
import type { RunPorts } from './keepRunning.ts';
import type { SourceFragment, SourceInit, SourceViewer } from './pictures.ts';
import { openSource, type Source } from './source.ts';

/** All open sources. Opened by the first viewer, ended some time after the last one left. */
export type SourcePool = {
  /** Joins a viewer; the answered function leaves again (may be called twice). */
  watch(options: RenditionAsked & { viewer: SourceViewer }): Result<() => void, WatchRefusalCode>;
  /** Joins somebody who only measures: what is open is used as it is; what nobody else looks at ends with it. */
  measure(options: Measuring): Result<Measured, 'cameras.notConnected' | 'cameras.gatewayFull' | 'cameras.probeBusy'>;
  /** The newest key picture of a source that is open and flows; null where there is none. */
  newestKey(rendition: RenditionAsked): { readonly init: SourceInit; readonly fragment: SourceFragment } | null;
  openSources: CameraGateway['openSources'];
  close(): Promise<void>;
};

/** `transcodingFull`: it would have to be encoded, and everything that may be is. */
export type WatchRefusalCode = 'cameras.notConnected' | 'cameras.gatewayFull' | 'cameras.transcodingFull';

/** The plain picture of one stream; `onChange` comes with each fragment and condition. */
export type Measuring = { readonly cameraId: CameraId; readonly quality: StreamQuality; readonly onChange: () => void };

/** A source that is measured. `leave` resolves when nothing of it holds the camera that would not without the measuring. */
export type Measured = {
  readonly source: Pick<Source, 'measured' | 'condition' | 'reading' | 'figures' | 'fault' | 'isStopped'>;
  leave(): Promise<void>;
};

export type SourcePoolOptions = RunPorts & {
  clock: Clock;
  decodeGrey: DecodeGrey;
  onSourceChange: (change: SourceChange) => void;
  onClockChange?: ((change: CameraClockChange) => void) | undefined;
};

type OpenSource = { readonly rendition: RenditionAsked; readonly source: Source; readonly idle: Deadline };

export function createSourcePool(options: SourcePoolOptions): SourcePool {
  const { limits, timers, sources } = options;
  const reports = createCameraReports(options);
  const clocks = createClockReports(options);
  const open = new Map<string, OpenSource>();
  const stopping = new Map<string, Promise<void>>();
  const rounds = startMotionRounds({
    ...{ everyMs: limits.lookEveryMs, timers, decode: options.decodeGrey },
    watched: () => [...open.values()].map(({ source }) => source),
  });
  let isClosed = false;

  const end = (key: string) => {
    const entry = open.get(key);
    if (entry === undefined) return;
    open.delete(key);
    entry.idle.clear();
    reports.forget(entry.rendition);
    const stopped = Promise.all([stopping.get(key), entry.source.stop()]).then(() => {
      if (stopping.get(key) === stopped) stopping.delete(key);
    });
    stopping.set(key, stopped);
  };

  const plainKeyOf = ({ cameraId, quality }: RenditionAsked) => sourceKey({ cameraId, quality });
  // A masked picture also waits for the plain one's end where that was only measured: the same camera, another process.
  const lastOf = (rendition: RenditionAsked): Promise<unknown> => {
    const [own, plain] = [stopping.get(sourceKey(rendition)), stopping.get(plainKeyOf(rendition))];
    return own === undefined || plain === undefined || own === plain ? (own ?? plain ?? Promise.resolve()) : Promise.all([own, plain]);
  };
  const isOnlyMeasured = (key: string) => {
    const source = open.get(key)?.source;
    return source !== undefined && source.measurers() > 0 && source.viewerCount() === 0;
  };

  const openFor = (rendition: RenditionAsked): OpenSource => {
    const onCondition: Parameters<typeof openSource>[0]['onCondition'] = (condition) => reports.note({ ...rendition, condition });
    const key = sourceKey(rendition);
    const startAfter = lastOf(rendition);
    const source = openSource({ ports: options, startAfter, rendition, onCondition, onClock: clocks.note });
    const entry = { rendition, source, idle: createDeadline(timers) };
    open.set(key, entry);
    return entry;
  };

  return {
    watch({ viewer, ...rendition }) {
      const { cameraId, quality, masks } = rendition;
      const key = sourceKey(rendition);
      if (!open.has(key) && sources.sourceOf(cameraId, quality) === null) return refused('cameras.notConnected');
      if (isClosed || (!open.has(key) && open.size >= limits.maxSources)) return refused('cameras.gatewayFull');
      if (!open.has(key) && masks !== undefined && !options.budget.has(quality)) return refused('cameras.transcodingFull');
      if (masks !== undefined && isOnlyMeasured(plainKeyOf(rendition))) end(plainKeyOf(rendition));
      const { source, idle } = open.get(key) ?? openFor(rendition);
      idle.clear();
      source.join(viewer);
      let hasLeft = false;
      return granted(() => {
        if (hasLeft) return;
        hasLeft = true;
        source.leave(viewer);
        if (source.viewerCount() === 0 && source.measurers() === 0 && open.get(key)?.source === source)
          idle.set(limits.idleStopMs, () => end(key));
      });
    },
    measure({ cameraId, quality, onChange }) {
      const rendition = { cameraId, quality };
      const key = sourceKey(rendition);
      const renditions = [...open.values()].map((entry) => entry.rendition);
      const isMasked = renditions.some((other) => plainKeyOf(other) === key && other.masks !== undefined);
      if (!open.has(key) && sources.sourceOf(cameraId, quality) === null) return refused('cameras.notConnected');
      if (isMasked && !open.has(key)) return refused('cameras.probeBusy');
      if (isClosed || (!open.has(key) && open.size >= limits.maxSources)) return refused('cameras.gatewayFull');
      const { source, idle } = open.get(key) ?? openFor(rendition);
      idle.clear();
      const stopMeasuring = source.measure(onChange);
      return granted({
        source,
        async leave() {
          stopMeasuring();
          const isCurrent = open.get(key)?.source === source;
          if (isCurrent && source.viewerCount() === 0 && source.measurers() === 0) end(key);
          await stopping.get(key);
        },
      });
    },
    newestKey(rendition) {
      const source = open.get(sourceKey(rendition))?.source;
      const kind = source?.condition().kind;
      return source !== undefined && (kind === 'flowing' || kind === 'unmoving') ? source.newestKey() : null;
    },
    openSources: () =>
      [...open.values()].map(({ rendition: { cameraId, quality, masks }, source }) => {
        const viewers = source.viewerCount();
        const known = { processId: source.processId(), reading: source.reading(), fault: source.fault() };
        const flow = { sinceMs: source.conditionSinceMs(), restarts: source.restarts(), figures: source.figures() };
        const isMasked = masks !== undefined;
        return { cameraId, quality, isMasked, viewers, state: source.condition().kind, ...known, ...flow };
      }),
    async close() {
      isClosed = true;
      rounds.stop();
      for (const key of [...open.keys()]) end(key);
      reports.close();
      await Promise.all(stopping.values());
    },
  };
}
