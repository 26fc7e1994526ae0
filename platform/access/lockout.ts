import type { Clock } from '#contract/values/index.ts';

/** Wrong tries in a row before the first wait, and how the wait grows: 30 s, then double, at most 15 minutes. */
export const lockoutLimits = { tries: 5, firstMs: 30_000, longestMs: 900_000, remembered: 10_000 } as const;

type Tries = { readonly wrong: number; readonly lockedAtMs: number; readonly waitMs: number };

/**
 * Counts wrong passwords per account *and* address: somebody who guesses elsewhere cannot lock the duty desk out of its own account.
 * In memory: a restart forgives, which costs a guesser a restart of the platform.
 */
export function createLockout({ clock }: { clock: Clock }) {
  const byPlace = new Map<string, Tries>();
  const keyOf = ({ account, address }: { account: string; address: string }) => JSON.stringify([account, address]);

  return {
    /** Seconds until the next try is heard; 0 = now. */
    waitS(place: { account: string; address: string }): number {
      const { lockedAtMs, waitMs } = byPlace.get(keyOf(place)) ?? { lockedAtMs: 0, waitMs: 0 };
      const waitedMs = clock.nowMs() - lockedAtMs;
      // A clock that was set back would lock the duty desk out for as long as it was set back.
      return waitedMs < 0 ? 0 : Math.max(0, Math.ceil((waitMs - waitedMs) / 1000));
    },
    wrong(place: { account: string; address: string }): void {
      const key = keyOf(place);
      const wrong = (byPlace.get(key)?.wrong ?? 0) + 1;
      const over = wrong - lockoutLimits.tries;
      const waitMs = over < 0 ? 0 : Math.min(lockoutLimits.longestMs, lockoutLimits.firstMs * 2 ** Math.min(over, 10));
      byPlace.delete(key);
      byPlace.set(key, { wrong, lockedAtMs: clock.nowMs(), waitMs });
      const oldest = byPlace.keys().next();
      if (byPlace.size > lockoutLimits.remembered && !oldest.done) byPlace.delete(oldest.value);
    },
    right(place: { account: string; address: string }): void {
      byPlace.delete(keyOf(place));
    },
  };
}

export type Lockout = ReturnType<typeof createLockout>;
