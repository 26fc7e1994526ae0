import type { Timers } from '#contract/values/index.ts';

const askEveryMs = 5000;
/** A page that has not run a single line of script for this long shows a frozen wall. */
const frozenAfterMs = 10_000;

export type HeartbeatOptions = {
  /** Lets the page run one line of script; settles when it has, or when there is no page any more. */
  readonly askPage: () => Promise<unknown>;
  readonly timers: Timers;
  /** Told once; the heart has stopped by then. */
  readonly onFrozen: () => void;
};

/**
 * Asks the page for a sign of life again and again. A page that is gone (the question fails) is not frozen: others tell about it. Returns
 * the stopper.
 */
export function startHeartbeat({ askPage, timers, onFrozen }: HeartbeatOptions): () => void {
  let cancel = () => {};
  let isStopped = false;
  const beat = async () => {
    const stopWaiting = timers.afterMs(frozenAfterMs, () => {
      stop();
      onFrozen();
    });
    cancel = stopWaiting;
    await askPage().catch(() => {});
    stopWaiting();
    if (!isStopped) cancel = timers.afterMs(askEveryMs, () => void beat());
  };
  const stop = () => {
    isStopped = true;
    cancel();
  };
  void beat();
  return stop;
}
