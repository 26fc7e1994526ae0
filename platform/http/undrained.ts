import type { Duplex } from 'node:stream';
import type { Timers } from '#contract/values/index.ts';

/**
 * Bytes that may wait for an open socket's other side. Far above what an honest one is ever behind (256 messages of facts, 4 MiB of
 * pictures), far below what a few hundred that read nothing could make the platform hold.
 */
const maxWaitingBytes = 16 * 1024 * 1024;
const lookEveryMs = 500;

/** Cuts off sockets that are spoken to and do not read. `watch` takes one until it closes; `close` ends the looking. */
export function createUndrainedWatch({ timers, onCut }: { timers: Timers; onCut: () => void }) {
  const watched = new Set<Duplex>();
  let cancel = () => {};
  function look(): void {
    for (const socket of watched) {
      if (socket.writableLength <= maxWaitingBytes) continue;
      onCut();
      socket.destroy();
    }
    cancel = timers.afterMs(lookEveryMs, look);
  }
  look();
  return {
    watch(socket: Duplex): void {
      watched.add(socket);
      socket.once('close', () => watched.delete(socket));
    },
    close: () => cancel(),
  };
}
