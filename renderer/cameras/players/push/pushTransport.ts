import type { PushNews, PushOrder } from './pushMessages.ts';
import { createPushSession } from './pushSession.ts';

/** The window's one push session, wherever it runs. Closing the last stream lets the socket go; the worker stays. */
export type PushTransport = {
  open(stream: { url: string; token: string; listener: (news: PushNews) => void }): { close(): void };
};

type Line = { order(order: PushOrder): void };

/** Makes the transport; the worker starts with the first stream. `windowId` is asked when a stream is opened. */
export function createPushTransport({ windowId }: { windowId: () => string }): PushTransport {
  const listeners = new Map<number, (news: PushNews) => void>();
  let nextChannel = 1;
  let line: Line | null = null;
  const hear = (news: PushNews): void => {
    const listener = listeners.get(news.channel);
    if (news.type === 'ended' || news.type === 'refused') listeners.delete(news.channel);
    listener?.(news);
  };
  const onLineBroken = (): void => {
    line = null;
    for (const channel of [...listeners.keys()]) hear({ type: 'ended', channel, code: 'push.workerFailed' });
  };
  return {
    open: ({ url, token, listener }) => {
      line ??= canUseWorker() ? startWorkerLine({ hear, onLineBroken }) : startWindowLine(hear);
      const channel = nextChannel;
      nextChannel += 1;
      listeners.set(channel, listener);
      line.order({ type: 'open', channel, url, token, windowId: windowId() });
      return {
        close: () => {
          if (listeners.delete(channel)) line?.order({ type: 'close', channel });
        },
      };
    },
  };
}

function canUseWorker(): boolean {
  return Reflect.get(MediaSource, 'canConstructInDedicatedWorker') === true;
}

function startWorkerLine({ hear, onLineBroken }: { hear: (news: PushNews) => void; onLineBroken: () => void }): Line {
  const worker = new Worker(new URL('./pushWorker.ts', import.meta.url), { type: 'module', name: 'push' });
  worker.onmessage = ({ data }: MessageEvent<PushNews>) => hear(data);
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
