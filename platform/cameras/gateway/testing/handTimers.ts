import type { Clock, Timers } from '#contract/values/index.ts';
import { createManualTimers } from '#contract/values/testing/manualTimers.ts';

/** Timers and a clock that a test moves by hand. */
export type HandTimers = { readonly timers: Timers; readonly clock: Clock; advanceMs(byMs: number): void; waiting(): number };

export function createHandTimers({ startMs = 1_763_800_000_000 }: { startMs?: number } = {}): HandTimers {
  const timers = createManualTimers();
  return { timers, clock: { nowMs: () => startMs + timers.now() }, advanceMs: timers.advance, waiting: timers.waiting };
}
