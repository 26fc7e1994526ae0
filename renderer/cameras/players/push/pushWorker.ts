import { z } from 'zod';
import type { PushNews, PushOrder } from './pushMessages.ts';
import { createPushSession } from './pushSession.ts';

// The page's policy forbids eval; a worker has its own copy of zod.
z.config({ jitless: true });

type WorkerScope = {
  postMessage(news: PushNews, transfer: readonly Transferable[]): void;
  onmessage: ((event: MessageEvent<PushOrder>) => void) | null;
};
const scope = globalThis as unknown as WorkerScope;

const session = createPushSession({
  tell: (news) => scope.postMessage(news, news.type === 'media' ? [news.media as MediaSourceHandle] : []),
  toMedia: (source) => (source as MediaSource & { readonly handle: MediaSourceHandle }).handle,
});
scope.onmessage = ({ data }) => session.obey(data);
