import { createNewsLine } from './newsLine.ts';
import type { PushNews, PushOrder } from './pushMessages.ts';
import { createPushSession } from './pushSession.ts';

type WorkerScope = {
  postMessage(news: readonly PushNews[], transfer: readonly Transferable[]): void;
  onmessage: ((event: MessageEvent<PushOrder>) => void) | null;
};
const scope = globalThis as unknown as WorkerScope;

const news = createNewsLine({
  post: (told) =>
    scope.postMessage(
      told,
      told.flatMap((each) => (each.type === 'media' ? [each.media as MediaSourceHandle] : [])),
    ),
  timers: {
    afterMs: (delayMs, run) => {
      const id = setTimeout(run, delayMs);
      return () => clearTimeout(id);
    },
  },
});
const session = createPushSession({
  tell: news.tell,
  toMedia: (source) => (source as MediaSource & { readonly handle: MediaSourceHandle }).handle,
});
scope.onmessage = ({ data }) => {
  if (data.type === 'close') news.forget(data.channel);
  session.obey(data);
};
