import { createHash } from 'node:crypto';
import type { Clock } from '#contract/values/index.ts';
import type { Credentials } from './challenge.ts';

/** Whose password is tried: one account of one device. */
export type Account = Credentials & { readonly host: string };

/**
 * How often a password is tried that a device has refused. Cheap cameras and recorders lock an account after five wrong tries, often for
 * half an hour; one account serves many streams. So of all streams together one tries at a time until the password is proven, and after
 * a refusal nobody tries for a minute, then ten, then half an hour. Another password is another account: it is tried at once.
 */
export type PasswordTries = {
  /** Resolves when it is this one's turn; `waitMs` > 0 = not now. Every granted turn must be settled. */
  turn(account: Account): Promise<{ readonly waitMs: number }>;
  /** What came of a turn; `unknown` when the connection broke before the device said. */
  settle(account: Account, outcome: 'right' | 'wrong' | 'unknown'): void;
  /** How long nobody may try; 0 = now. */
  waitMs(account: Account): number;
};

const waitsMs = [60_000, 600_000, 1_800_000] as const;

type Tried = { wrong: number; notBeforeMs: number; isProven: boolean; queue: Promise<void>; release: () => void };

export function createPasswordTries({ clock }: { clock: Clock }): PasswordTries {
  const accounts = new Map<string, Tried>();
  const triedOf = (account: Account): Tried => {
    const key = keyOf(account);
    const tried = accounts.get(key) ?? { wrong: 0, notBeforeMs: 0, isProven: false, queue: Promise.resolve(), release: () => {} };
    accounts.set(key, tried);
    return tried;
  };
  const waitOf = ({ notBeforeMs }: Tried) => Math.max(0, notBeforeMs - clock.nowMs());

  return {
    waitMs: (account) => waitOf(triedOf(account)),
    async turn(account) {
      const tried = triedOf(account);
      if (tried.isProven) return { waitMs: 0 };
      const before = tried.queue;
      const own = Promise.withResolvers<void>();
      tried.queue = before.then(() => own.promise);
      await before;
      const waitMs = waitOf(tried);
      if (waitMs > 0 || tried.isProven) own.resolve();
      else tried.release = own.resolve;
      return { waitMs };
    },
    settle(account, outcome) {
      const tried = triedOf(account);
      if (outcome === 'right') Object.assign(tried, { wrong: 0, notBeforeMs: 0, isProven: true });
      if (outcome === 'wrong') {
        tried.notBeforeMs = clock.nowMs() + (waitsMs[Math.min(tried.wrong, waitsMs.length - 1)] ?? 0);
        tried.wrong += 1;
        tried.isProven = false;
      }
      tried.release();
    },
  };
}

// No password is kept, and none is told from another by its length.
function keyOf({ host, user, password }: Account): string {
  return createHash('sha256')
    .update(JSON.stringify([host, user, password]))
    .digest('base64');
}
