/** Wall-clock time as a port, so that tests advance it instead of sleeping. */
export type Clock = {
  /** Epoch milliseconds. May step: never measure durations with it. */
  nowMs(): number;
};

/** Timers as a port. `afterMs` may fire late, never early; the returned function cancels it and may be called twice. */
export type Timers = {
  afterMs(delayMs: number, run: () => void): () => void;
};

/** Randomness as a port: a number in [0, 1), seeded in tests. */
export type Randomness = () => number;

/** SHA-256 of UTF-8 text as lower-case hex. A port because contract knows neither Node nor the DOM. */
export type Sha256 = (text: string) => string;
