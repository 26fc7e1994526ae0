import type { Timers, WindowId } from '#contract/values/index.ts';
import { createDeadline, type Deadline } from '../deadline.ts';
import type { GatewayLimits } from '../limits.ts';
import type { SourceCondition, SourceViewer } from '../source/pictures.ts';
import { createSegmentWindow, type SegmentWindow } from './segmentWindow.ts';

/** One source packaged for HLS while at least one window asks for it. */
export type HlsStream = {
  readonly viewer: SourceViewer;
  readonly segments: Pick<SegmentWindow, 'list' | 'segment' | 'part' | 'nextNumber' | 'init'>;
  /** How the source is, for windows that hear of it with each playlist. */
  condition(): SourceCondition;
  /** A window asked for something: it counts as a viewer for `hlsViewerMs` more. */
  touch(windowId: WindowId): void;
  /** Waits until the stream has something; `missing` when it took too long, the request was given up or the stream ended. */
  until(has: () => boolean, patience: Patience): Promise<Awaited>;
  close(): void;
};

/** Whether what a request waited for has come. */
export type Awaited = 'ready' | 'missing';

/** How long a request waits, and what tells that nobody waits any more. */
export type Patience = { readonly signal: AbortSignal; readonly withinMs: number };

type Waiting = { readonly has: () => boolean; readonly done: (awaited: Awaited) => void };

export type HlsStreamOptions = { timers: Timers; limits: GatewayLimits; firstNumber: number; onUnwatched: () => void };

export function createHlsStream({ timers, limits, firstNumber, onUnwatched }: HlsStreamOptions): HlsStream {
  const { hlsTargetS: targetS, hlsPartS: partS, hlsSegments: listed, hlsMaxSegmentBytes: maxSegmentBytes } = limits;
  const segments = createSegmentWindow({ targetS, partS, listed, maxSegmentBytes, firstNumber });
  const windows = new Map<WindowId, Deadline>();
  const waiting = new Set<Waiting>();
  let condition: SourceCondition = { kind: 'starting' };
  const settle = () => {
    for (const { has, done } of [...waiting]) if (has()) done('ready');
  };

  return {
    viewer: {
      count: () => windows.size,
      onCondition: (next) => {
        condition = next;
      },
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
    condition: () => condition,
    touch(windowId) {
      const deadline = windows.get(windowId) ?? createDeadline(timers);
      windows.set(windowId, deadline);
      deadline.set(limits.hlsViewerMs, () => {
        windows.delete(windowId);
        if (windows.size === 0) onUnwatched();
      });
    },
    until(has, { signal, withinMs }) {
      if (has()) return Promise.resolve('ready');
      const { promise, resolve } = Promise.withResolvers<Awaited>();
      const tooLate = createDeadline(timers);
      const entry: Waiting = {
        has,
        done: (awaited) => {
          waiting.delete(entry);
          tooLate.clear();
          resolve(awaited);
        },
      };
      waiting.add(entry);
      tooLate.set(withinMs, () => entry.done('missing'));
      signal.addEventListener('abort', () => entry.done('missing'), { once: true });
      if (signal.aborted) entry.done('missing');
      return promise;
    },
    close() {
      for (const deadline of windows.values()) deadline.clear();
      for (const { done } of [...waiting]) done('missing');
      windows.clear();
    },
  };
}
