import pino from 'pino';
import { createManualTimers } from '#contract/values/testing/manualTimers.ts';
import type { Log, Secrets } from '../../ports.ts';

/** Ports that tests move by hand: time stands still until `advanceMs`, secrets count up, the log remembers what was said. */
export function createHandPorts({ nowMs: startMs = 1_763_800_000_000 }: { nowMs?: number } = {}) {
  let made = 0;
  const said: string[] = [];

  const timers = createManualTimers();
  const secrets: Secrets = {
    newToken: () => `token-${++made}`.padEnd(43, '_'),
    newId: () => `00000000-0000-7000-8000-${String(++made).padStart(12, '0')}`,
  };
  const log: Log = pino({ level: 'debug' }, { write: (line: string) => void said.push((JSON.parse(line) as { msg: string }).msg) });

  return {
    clock: { nowMs: () => startMs + timers.now() },
    timers,
    secrets,
    log,
    /** Messages that were logged, oldest first. */
    said,
    /** Lets time pass; timers run in the order in which they are due, also those that are set meanwhile. */
    advanceMs: timers.advance,
  };
}
