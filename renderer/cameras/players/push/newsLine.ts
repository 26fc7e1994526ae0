import type { Timers } from '#contract/values/index.ts';
import type { PushNews } from './pushMessages.ts';

/** Takes the session's news to the window: points of streams that flow wait for each other, everything else goes at once. */
export type NewsLine = {
  tell(news: PushNews): void;
  /** The window has closed this channel. */
  forget(channel: number): void;
};

/** Points are looked up when a frame is shown, which is half a second after it was appended; the live edge is held this often. */
const gatherMs = 240;

/** `post` hands over news in their order. A stream's first points go at once: its first frame may be shown right after. */
export function createNewsLine({ post, timers }: { post: (news: readonly PushNews[]) => void; timers: Timers }): NewsLine {
  const flowing = new Set<number>();
  let waiting: PushNews[] = [];
  let cancel = (): void => {};
  const flush = (): void => {
    cancel();
    const now = waiting;
    waiting = [];
    post(now);
  };
  return {
    forget: (channel) => void flowing.delete(channel),
    tell: (news) => {
      waiting.push(news);
      if (news.type === 'ended' || news.type === 'refused') flowing.delete(news.channel);
      const mayWait = news.type === 'points' && flowing.has(news.channel);
      if (news.type === 'points') flowing.add(news.channel);
      if (!mayWait) return flush();
      if (waiting.length === 1) cancel = timers.afterMs(gatherMs, flush);
    },
  };
}
