import { backOffMs, type LinkLog } from '#contract/link/index.ts';
import type { Randomness, Timers } from '#contract/values/index.ts';
import type { PlatformHttp } from '#main/link/index.ts';
import type { Access } from './access.ts';

/** Codes that time may heal: the platform is still starting, or somebody else's tries fill its counter. */
const worthTrying = new Set(['bus.unreachable', 'bus.badAnswer', 'access.tooManyTries']);

/**
 * Logs in with one of the platform's demo accounts as soon as the platform answers, so that a demo room shows pictures by itself.
 * Once: whoever logs out afterwards stays logged out. Returns what stops it.
 */
export function loginAsDemo(options: {
  account: string;
  access: Pick<Access, 'login'>;
  http: Pick<PlatformHttp, 'demoAccounts'>;
  timers: Timers;
  randomness: Randomness;
  log: LinkLog;
}): () => void {
  const { account, access, http, timers, randomness, log } = options;
  let isStopped = false;
  let cancel = () => {};
  let attempt = 0;

  async function tryOnce(): Promise<void> {
    const code = await login();
    if (code === null || isStopped) return;
    if (!worthTrying.has(code)) return log.error({ account, code }, 'the demo account cannot log in');
    attempt += 1;
    cancel = timers.afterMs(backOffMs({ attempt, randomness }), () => void tryOnce());
  }

  async function login(): Promise<string | null> {
    const accounts = await http.demoAccounts();
    if (!accounts.ok) return accounts.refusal.code;
    const chosen = accounts.value.find((known) => known.account === account);
    if (chosen === undefined) return 'access.unknownDemoAccount';
    const done = await access.login({ account, password: chosen.password });
    return done.ok ? null : done.refusal.code;
  }

  void tryOnce();
  return () => {
    isStopped = true;
    cancel();
  };
}
