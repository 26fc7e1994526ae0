import type { Timers, WindowId } from '#contract/values/index.ts';
import { createDeadline, type Deadline } from '../deadline.ts';

/**
 * Who may keep a request waiting for the next part. A browser opens six connections to a host over HTTP/1.1: a seventh tile that waits
 * stops all of them for ever (the commonest wall killer). Over HTTP/2 nobody is counted.
 */
export type BlockingSeats = {
  /** Whether this stream of the window may wait; a seat is free again `keptMs` after its last request. */
  take(asked: { windowId: WindowId; stream: string; httpVersion: number }): boolean;
  close(): void;
};

export function createBlockingSeats({ timers, seats, keptMs }: { timers: Timers; seats: number; keptMs: number }): BlockingSeats {
  const taken = new Map<WindowId, Map<string, Deadline>>();
  return {
    take({ windowId, stream, httpVersion }) {
      if (httpVersion >= 2) return true;
      const own = taken.get(windowId) ?? new Map<string, Deadline>();
      if (!own.has(stream) && own.size >= seats) return false;
      taken.set(windowId, own);
      const deadline = own.get(stream) ?? createDeadline(timers);
      own.set(stream, deadline);
      deadline.set(keptMs, () => {
        own.delete(stream);
        if (own.size === 0) taken.delete(windowId);
      });
      return true;
    },
    close() {
      for (const own of taken.values()) for (const deadline of own.values()) deadline.clear();
      taken.clear();
    },
  };
}
