import { machineTimers } from '#main/machine/index.ts';

/** A stretch of time that is measured over (or in which players settle): nothing else is waited for. */
export function passing(ms: number): Promise<void> {
  return new Promise((resolve) => void machineTimers.afterMs(ms, resolve));
}
