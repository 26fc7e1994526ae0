import type { Clock, Timers } from '#contract/values/index.ts';
import type { Log } from '../ports.ts';
import type { ServedCertificate } from './servedCertificate.ts';

/** The certificate of a running platform: looked at again by itself, exchanged without a restart. */
export type KeptCertificate = {
  current(): ServedCertificate;
  /** Told when another one is to be shown from now on. Returns the unsubscriber. */
  onRenewed(listener: (served: ServedCertificate) => void): () => void;
  close(): void;
};

const lookEveryMs = 60 * 60_000;
const dayMs = 24 * lookEveryMs;
/** Whoever makes the county's certificates needs about this long for a new one. */
const warnBeforeMs = 30 * dayMs;

/** Opens it: `load` reads or makes what is to be shown now. Rejects with its sentence; later failures keep the one that is shown. */
export async function openKeptCertificate({
  load,
  clock,
  timers,
  log,
}: {
  load: () => Promise<ServedCertificate>;
  clock: Clock;
  timers: Timers;
  log: Log;
}): Promise<KeptCertificate> {
  let served = await load();
  const listeners = new Set<(served: ServedCertificate) => void>();
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let isClosed = false;
  let cancel = () => {};

  function tellEnd(problem: unknown): void {
    const nowMs = clock.nowMs();
    const isNear = served.validToMs - nowMs < warnBeforeMs;
    if ((!isNear && problem === null) || nowMs - toldAtMs < dayMs) return;
    toldAtMs = nowMs;
    const validTo = new Date(served.validToMs).toISOString();
    const words =
      served.validToMs < nowMs ? "the platform's certificate has expired: no desk comes in" : "the platform's certificate ends soon";
    if (problem === null) log.warn({ validTo }, words);
    else log.error({ err: problem, validTo }, "the platform's next certificate cannot be taken; the one before stays");
  }

  async function look(): Promise<void> {
    const problem = await load().then(take, (error: unknown) => error);
    if (isClosed) return;
    tellEnd(problem);
    cancel = timers.afterMs(lookEveryMs, () => void look());
  }

  function take(next: ServedCertificate): null {
    if (isClosed || next.cert === served.cert) return null;
    served = next;
    log.info({ validTo: new Date(next.validToMs).toISOString(), names: next.names }, 'the platform shows a new certificate');
    for (const listener of listeners) listener(next);
    return null;
  }

  tellEnd(null);
  cancel = timers.afterMs(lookEveryMs, () => void look());
  return {
    current: () => served,
    onRenewed(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      isClosed = true;
      cancel();
      listeners.clear();
    },
  };
}
