import type { Timers, WindowId } from '#contract/values/index.ts';
import { createDeadline, type Deadline } from '../deadline.ts';
import type { GatewayLimits } from '../limits.ts';
import type { SourceViewer } from '../source/pictures.ts';
import { createSegmentWindow, type SegmentWindow } from './segmentWindow.ts';

/** One source packaged for HLS while at least one window asks for it. */
export type HlsStream = {
  readonly viewer: SourceViewer;
  readonly segments: Pick<SegmentWindow, 'list' | 'segment' | 'init'>;
  /** A window asked for something: it counts as a viewer for `hlsViewerMs` more. */
  touch(windowId: WindowId): void;
  /** `ready` once there is a segment; `missing` when it took too long or the request was given up. */
  firstSegment(signal: AbortSignal): Promise<FirstSegment>;
  close(): void;
};

/** Whether a playlist has anything in it yet. */
export type FirstSegment = 'ready' | 'missing';

export type HlsStreamOptions = { timers: Timers; limits: GatewayLimits; firstNumber: number; onUnwatched: () => void };

export function createHlsStream({ timers, limits, firstNumber, onUnwatched }: HlsStreamOptions): HlsStream {
  const { hlsTargetS: targetS, hlsSegments: listed, hlsMaxSegmentBytes: maxSegmentBytes } = limits;
  const segments = createSegmentWindow({ targetS, listed, maxSegmentBytes, firstNumber });
  const windows = new Map<WindowId, Deadline>();
  const waiting = new Set<(first: FirstSegment) => void>();
  const settle = () => {
    if (segments.list().segments.length > 0) for (const done of [...waiting]) done('ready');
  };

  return {
    viewer: {
      count: () => windows.size,
      onCondition: () => {},
      onInit: (init) => {
        segments.addInit(init);
        settle();
      },
      onFragment: (fragment) => {
        segments.addFragment(fragment);
        settle();
      },
    },
    segments,
    touch(windowId) {
      const deadline = windows.get(windowId) ?? createDeadline(timers);
      windows.set(windowId, deadline);
      deadline.set(limits.hlsViewerMs, () => {
        windows.delete(windowId);
        if (windows.size === 0) onUnwatched();
      });
    },
    firstSegment(signal) {
      const { promise, resolve } = Promise.withResolvers<FirstSegment>();
      const tooLate = createDeadline(timers);
      const done = (first: FirstSegment) => {
        waiting.delete(done);
        tooLate.clear();
        resolve(first);
      };
      waiting.add(done);
      tooLate.set(limits.hlsFirstSegmentMs, () => done('missing'));
      signal.addEventListener('abort', () => done('missing'), { once: true });
      if (signal.aborted) done('missing');
      settle();
      return promise;
    },
    close() {
      for (const deadline of windows.values()) deadline.clear();
      for (const done of [...waiting]) done('missing');
      windows.clear();
    },
  };
}
