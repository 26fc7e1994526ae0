import type { DemoAccount } from '#contract/access/index.ts';
import { backOffMs } from '#contract/link/index.ts';
import type { Randomness, Timers } from '#contract/values/index.ts';
import type { PlatformHttp } from '#main/link/index.ts';

/** Asks for the demo accounts until the platform has answered once (outside demo mode: none). Returns what stops it. */
export function fetchDemoAccounts(options: {
  http: Pick<PlatformHttp, 'demoAccounts'>;
  timers: Timers;
  randomness: Randomness;
  onAccounts: (accounts: readonly DemoAccount[]) => void;
}): () => void {
  const { http, timers, randomness, onAccounts } = options;
  let isStopped = false;
  let cancel = () => {};
  async function ask(attempt: number): Promise<void> {
    const answer = await http.demoAccounts();
    if (isStopped) return;
    if (answer.ok) return onAccounts(answer.value);
    cancel = timers.afterMs(backOffMs({ attempt, randomness }), () => void ask(attempt + 1));
  }
  void ask(1);
  return () => {
    isStopped = true;
    cancel();
  };
}
