import type { CameraClockChange } from '#contract/cameras/index.ts';
import { type Clock, granted, type Result, refused } from '#contract/values/index.ts';
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
  /** The newest key picture of a source that is open and flows; null where there is none. */
  newestKey(rendition: RenditionAsked): { readonly init: SourceInit; readonly fragment: SourceFragment } | null;
  openSources: CameraGateway['openSources'];
  close(): Promise<void>;
};

/** `transcodingFull`: it would have to be encoded, and everything that may be is. */
export type WatchRefusalCode = 'cameras.notConnected' | 'cameras.gatewayFull' | 'cameras.transcodingFull';

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

  const openFor = (rendition: RenditionAsked): OpenSource => {
    const onCondition: Parameters<typeof openSource>[0]['onCondition'] = (condition) => reports.note({ ...rendition, condition });
    const key = sourceKey(rendition);
    const startAfter = stopping.get(key) ?? Promise.resolve();
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
      const { source, idle } = open.get(key) ?? openFor(rendition);
      idle.clear();
      source.join(viewer);
      let hasLeft = false;
      return granted(() => {
        if (hasLeft) return;
        hasLeft = true;
        source.leave(viewer);
        if (source.viewerCount() === 0 && open.get(key)?.source === source) idle.set(limits.idleStopMs, () => end(key));
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
