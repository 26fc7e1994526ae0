import type { Clock, Timers } from '#contract/values/index.ts';
import type { Log } from '../ports.ts';
import { snapshotsToDrop } from './retention.ts';
import type { RecordStore } from './store.ts';

/** The first round comes when a start is over, the next ones a day later. */
const firstAfterMs = 60_000;
const everyMs = 24 * 60 * 60 * 1000;
/** Snapshots dropped in one transaction, and the pause behind it: commands that wait for the store go first. */
const bite = 16;
const pauseMs = 200;

/**
 * Keeps house: once a day snapshots are thinned out, a few at a time, so that no command waits for it. Facts are never touched. What
 * fails is logged and tried again the next day. Returns the stop.
 */
export function startHousekeeping({
  store,
  clock,
  timers,
  log,
}: {
  store: Pick<RecordStore, 'snapshotPlaces' | 'dropSnapshots'>;
  clock: Clock;
  timers: Timers;
  log: Log;
}): () => void {
  let isStopped = false;
  let cancel = timers.afterMs(firstAfterMs, begin);

  function plan(delayMs: number, run: () => void): void {
    if (!isStopped) cancel = timers.afterMs(delayMs, run);
  }

  function begin(): void {
    void round().catch((error: unknown) => {
      log.warn({ err: error }, 'old snapshots stay for now');
      plan(everyMs, begin);
    });
  }

  async function round(): Promise<void> {
    const places = snapshotsToDrop({ places: await store.snapshotPlaces(), nowMs: clock.nowMs() });
    if (places.length === 0) return plan(everyMs, begin);
    await store.dropSnapshots(places.slice(0, bite));
    if (places.length > bite) return plan(pauseMs, begin);
    log.info({ dropped: places.length }, 'old snapshots are thinned out');
    plan(everyMs, begin);
  }

  return () => {
    isStopped = true;
    cancel();
  };
}
