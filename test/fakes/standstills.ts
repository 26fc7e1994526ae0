/** Times in which this process did not run, because the machine was busy elsewhere: whoever reads here was slow himself then, and saw others as slow. */
export type Standstills = {
  /** Whether it stood still at that moment, or had not caught up yet; epoch ms. */
  wasNear(atMs: number): boolean;
  /** How long all of them lasted, catching up included. */
  seconds(): number;
  /** The longest of them, without catching up; 0 = none. */
  longestMs(): number;
  [Symbol.dispose](): void;
};

/** A reader of pictures that stands still so long is a slow one: less than it has credit for; then until what was skipped has been skipped. */
export const slowFrom = { fromMs: 400, catchesUpMs: 4_000 } as const;

/** Watches for those that last longer than `fromMs`, until it is disposed of; `catchesUpMs` later nothing of one is felt any more. */
export function watchStandstills({ fromMs, catchesUpMs }: { fromMs: number; catchesUpMs: number }): Standstills {
  const found: { readonly begunMs: number; readonly endedMs: number }[] = [];
  let ranAtMs = Date.now();
  const timer = setInterval(() => {
    const nowMs = Date.now();
    if (nowMs - ranAtMs > fromMs) found.push({ begunMs: ranAtMs, endedMs: nowMs });
    ranAtMs = nowMs;
  }, 20);
  return {
    wasNear: (atMs) => found.some(({ begunMs, endedMs }) => begunMs <= atMs && atMs <= endedMs + catchesUpMs),
    seconds: () => found.reduce((sum, { begunMs, endedMs }) => sum + endedMs + catchesUpMs - begunMs, 0) / 1_000,
    longestMs: () => Math.max(0, ...found.map(({ begunMs, endedMs }) => endedMs - begunMs)),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
