import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Timers } from '#contract/values/index.ts';

/** Platform time as a store that moves twice a second: one timer per window, whatever shows or checks a time listens to it. */
export type Ticker = StoreApi<number>;

/** How often tiles are judged besides at each frame, and shown times move (contract/cameras: "at least twice a second"). */
const tickMs = 500;

/** Starts ticking, until the window is gone. */
export function startTicker({ timers, platformNow }: { timers: Timers; platformNow: () => number }): Ticker {
  const ticker = createStore<number>(() => platformNow());
  const tick = () => {
    ticker.setState(platformNow(), true);
    timers.afterMs(tickMs, tick);
  };
  timers.afterMs(tickMs, tick);
  return ticker;
}
