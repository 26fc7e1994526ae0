import pino from 'pino';
import type { Clock, Timers } from '#contract/values/index.ts';
import type { Log, Secrets } from '../../ports.ts';

/** Ports that tests move by hand: time stands still until `advanceMs`, secrets count up, the log remembers what was said. */
export function createHandPorts({ nowMs: startMs = 1_763_800_000_000 }: { nowMs?: number } = {}) {
  let nowMs = startMs;
  let made = 0;
  const waiting = new Set<{ dueMs: number; run: () => void }>();
  const said: string[] = [];

  const clock: Clock = { nowMs: () => nowMs };
  const timers: Timers = {
    afterMs(delayMs, run) {
      const timer = { dueMs: nowMs + delayMs, run };
      waiting.add(timer);
      return () => void waiting.delete(timer);
    },
  };
  const secrets: Secrets = {
    newToken: () => `token-${++made}`.padEnd(43, '_'),
    newId: () => `00000000-0000-7000-8000-${String(++made).padStart(12, '0')}`,
  };
  const log: Log = pino({ level: 'debug' }, { write: (line: string) => void said.push((JSON.parse(line) as { msg: string }).msg) });

  return {
    clock,
    timers,
    secrets,
    log,
    /** Messages that were logged, oldest first. */
    said,
    /** Lets time pass; timers run in the order in which they are due, also those that are set meanwhile. */
    advanceMs(byMs: number): void {
      const endMs = nowMs + byMs;
      for (;;) {
        const next = [...waiting].filter(({ dueMs }) => dueMs <= endMs).toSorted((a, b) => a.dueMs - b.dueMs)[0];
        if (next === undefined) break;
        waiting.delete(next);
        nowMs = Math.max(nowMs, next.dueMs);
        next.run();
      }
      nowMs = endMs;
    },
  };
}
