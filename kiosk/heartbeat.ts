import { z } from 'zod';
import type { Timers } from '#contract/values/index.ts';
import type { CdpSession } from './cdp.ts';

const askEveryMs = 5000;
/** A page that has not run a single line of script for this long shows a frozen wall. */
const frozenAfterMs = 10_000;

/**
 * Asks the page for a sign of life again and again; `onFrozen` is told once. A page that is gone (the question fails) is not frozen: others
 * tell about it. Returns the stopper.
 */
export function startHeartbeat({ session, timers, onFrozen }: { session: CdpSession; timers: Timers; onFrozen: () => void }): () => void {
  let cancel = () => {};
  let isStopped = false;
  const beat = async () => {
    cancel = timers.afterMs(frozenAfterMs, () => {
      stop();
      onFrozen();
    });
    const asked = cancel;
    await session.ask('Runtime.evaluate', { params: { expression: '1', returnByValue: true }, reply: z.unknown() }).catch(() => {});
    asked();
    if (!isStopped) cancel = timers.afterMs(askEveryMs, () => void beat());
  };
  const stop = () => {
    isStopped = true;
    cancel();
  };
  void beat();
  return stop;
}
