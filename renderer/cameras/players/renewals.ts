import type { MediaGrant } from '#contract/cameras/index.ts';
import type { Randomness, Timers } from '#contract/values/index.ts';
import type { GrantProvider } from './player.ts';

/** Rights that must be kept while a stream plays (HLS, WHEP): all of a window are renewed together (protocol.md, "Media grants"). */
export type Renewals = { keep(asked: Keeping): KeptRight };

/** `onRenewed` is told the token that holds from now on. */
export type Keeping = { readonly first: MediaGrant; readonly grants: GrantProvider; readonly onRenewed?: (token: string) => void };

/** A right that holds for as long as it is kept. */
export type KeptRight = { token(): string; stop(): void };

/** A right that was refused or cut off is asked for again no sooner than this. */
const leastMs = 2_000;
/** Half of a right's life at most, and by chance down to this part of that: the windows of a room, opened together, do not ask together. */
const leastShare = 0.8;

type Kept = { readonly keeping: Keeping; grant: MediaGrant; askedAtMs: number; isAsking: boolean };

/** Makes a window's renewals. */
export function createRenewals({
  timers,
  random,
  platformNow,
}: {
  timers: Timers;
  random: Randomness;
  platformNow: () => number;
}): Renewals {
  const kept = new Set<Kept>();
  const share = leastShare + random() * (1 - leastShare);
  let cancel = () => {};

  const periodMs = ({ grant, askedAtMs }: Kept): number => Math.max(leastMs, ((grant.expiresAtMs - askedAtMs) / 2) * share);
  const plan = (): void => {
    cancel();
    const waiting = [...kept].filter(({ isAsking }) => !isAsking);
    if (waiting.length === 0) return;
    const nextMs = Math.min(...waiting.map((each) => each.askedAtMs + periodMs(each)));
    cancel = timers.afterMs(Math.max(0, nextMs - platformNow()), round);
  };
  const round = (): void => {
    const nowMs = platformNow();
    for (const each of kept) {
      // One that would fall due before long comes along, and from then on with the others.
      if (!each.isAsking && nowMs - each.askedAtMs >= periodMs(each) / 2) void renew(each);
    }
    plan();
  };
  const renew = async (each: Kept): Promise<void> => {
    each.isAsking = true;
    const next = await each.keeping.grants();
    each.isAsking = false;
    each.askedAtMs = platformNow();
    // Refused or cut off: the old token runs out, the stream is refused, and the player says so.
    if (next.ok) each.grant = next.value;
    if (!kept.has(each)) return;
    if (next.ok) each.keeping.onRenewed?.(next.value.token);
    plan();
  };
  return {
    keep: (keeping) => {
      const each: Kept = { keeping, grant: keeping.first, askedAtMs: platformNow(), isAsking: false };
      kept.add(each);
      plan();
      return {
        token: () => each.grant.token,
        stop: () => {
          if (kept.delete(each)) plan();
        },
      };
    },
  };
}
