import type { Clock, Timers } from '#contract/values/index.ts';
import { byOpening, type Rank } from './priority.ts';

/** The order in which a window opens its pictures, so that a wall of 36 asks like one and no camera host is run over. */
export type Openings = {
  /** Resolves when this picture may ask for its right; all that ask within a moment go together, in order. */
  toAsk(rank: Rank): Promise<void>;
  /** Resolves when a full picture may be opened at this group of sources (`MediaGrant.group`). */
  toOpenMain(group: string): Promise<void>;
};

/** All tiles of a layout mount within this. */
const gatherMs = 20;
/** media.md: at most 4 main openings per NVR and second. */
const mainPerSecond = 4;
const secondMs = 1_000;

/** Makes the window's openings. */
export function createOpenings({ timers, clock }: { timers: Timers; clock: Clock }): Openings {
  let asking: { readonly rank: Rank; readonly resolve: () => void }[] = [];
  const groups = new Map<string, readonly number[]>();

  const letAsk = (): void => {
    const now = asking.sort((a, b) => byOpening(a.rank, b.rank));
    asking = [];
    for (const { resolve } of now) resolve();
  };
  const forgetOld = (nowMs: number): void => {
    for (const [group, startsMs] of groups) if ((startsMs.at(-1) ?? 0) < nowMs - secondMs) groups.delete(group);
  };
  return {
    toAsk: (rank) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (asking.length === 0) timers.afterMs(gatherMs, letAsk);
      asking.push({ rank, resolve });
      return promise;
    },
    toOpenMain: (group) => {
      const nowMs = clock.nowMs();
      forgetOld(nowMs);
      const before = groups.get(group) ?? [];
      // The fourth last start decides: a second after it there is room again.
      const startMs = Math.max(nowMs, (before.at(-mainPerSecond) ?? Number.NEGATIVE_INFINITY) + secondMs);
      groups.set(group, [...before.slice(1 - mainPerSecond), startMs]);
      const { promise, resolve } = Promise.withResolvers<void>();
      if (startMs <= nowMs) resolve();
      else timers.afterMs(startMs - nowMs, resolve);
      return promise;
    },
  };
}
