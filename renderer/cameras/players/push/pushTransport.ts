import type { ViewPriority } from '#contract/cameras/index.ts';
import type { PushNews, PushOrder } from './pushMessages.ts';
import { createPushSession } from './pushSession.ts';

/** The window's one push session, wherever it runs. Closing the last stream lets the socket go; the worker stays. */
export type PushTransport = {
  open(stream: { url: string; token: string; priority: ViewPriority; listener: (news: PushNews) => void }): { close(): void };
  /** Has what streams need ready before the first one is asked for. */
  warmUp(): void;
  /** When the newest picture of each stream that flows was at the gateway, platform time: how far behind the line is. */
  newestArrivals(): readonly number[];
};

type Line = { order(order: PushOrder): void };

/** Makes the transport; the worker starts with `warmUp` or the first stream. `windowId` is asked when a stream is opened. */
export function createPushTransport({ windowId }: { windowId: () => string }): PushTransport {
  const listeners = new Map<number, (news: PushNews) => void>();
  const arrivals = new Map<number, number>();
  let nextChannel = 1;
  let line: Line | null = null;
  const hear = (news: PushNews): void => {
    const listener = listeners.get(news.channel);
    if (news.type === 'ended' || news.type === 'refused') listeners.delete(news.channel);
    follow(news);
    listener?.(news);
  };
  const follow = (news: PushNews): void => {
    const arrivedAtMs = news.type === 'points' && listeners.has(news.channel) ? news.points.at(-1)?.arrivedAtMs : undefined;
    if (arrivedAtMs !== undefined) arrivals.set(news.channel, arrivedAtMs);
    // A source that is lost says nothing about the line.
    const isOver = news.type === 'ended' || news.type === 'refused' || (news.type === 'source' && news.source.kind === 'lost');
    if (isOver) arrivals.delete(news.channel);
  };
  const onLineBroken = (): void => {
    line = null;
    for (const channel of [...listeners.keys()]) hear({ type: 'ended', channel, code: 'push.workerFailed' });
  };
  const openLine = (): Line => {
    line ??= canUseWorker() ? startWorkerLine({ hear, onLineBroken }) : startWindowLine(hear);
    return line;
  };
  return {
    warmUp: () => void openLine(),
    open: ({ url, token, priority, listener }) => {
      const opened = openLine();
      const channel = nextChannel;
      nextChannel += 1;
      listeners.set(channel, listener);
      opened.order({ type: 'open', channel, url, token, windowId: windowId(), priority });
      return {
        close: () => {
          arrivals.delete(channel);
          if (listeners.delete(channel)) line?.order({ type: 'close', channel });
        },
      };
    },
    newestArrivals: () => [...arrivals.values()],
  };
}

function canUseWorker(): boolean {
  return Reflect.get(MediaSource, 'canConstructInDedicatedWorker') === true;
}

function startWorkerLine({ hear, onLineBroken }: { hear: (news: PushNews) => void; onLineBroken: () => void }): Line {
  const worker = new Worker(new URL('./pushWorker.ts', import.meta.url), { type: 'module', name: 'push' });
  worker.onmessage = ({ data }: MessageEvent<readonly PushNews[]>) => data.forEach(hear);
  worker.onerror = () => {
    worker.terminate();
    onLineBroken();
  };
  return { order: (order) => worker.postMessage(order) };
}

/** Same session on the window's own thread, for browsers without media sources in workers. */
function startWindowLine(hear: (news: PushNews) => void): Line {
  const session = createPushSession({ tell: hear, toMedia: (source) => source });
  return { order: (order) => session.obey(order) };
}
