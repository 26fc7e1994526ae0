/** Tells listeners in order; what is told while nobody listens waits for the first one. */
export type Announcer<Value> = {
  tell(value: Value): void;
  /** Returns the unsubscriber. */
  listen(listener: (value: Value) => void): () => void;
};

/**
 * A window may open its channel, speak or die before whoever opened it has had a turn to listen; none of that may be lost.
 */
export function createAnnouncer<Value>(): Announcer<Value> {
  const listeners = new Set<(value: Value) => void>();
  const waiting: Value[] = [];
  return {
    tell(value) {
      if (listeners.size === 0) waiting.push(value);
      else for (const listener of [...listeners]) listener(value);
    },
    listen(listener) {
      listeners.add(listener);
      for (const value of waiting.splice(0)) listener(value);
      return () => void listeners.delete(listener);
    },
  };
}

/** Something that happens once; whoever listens later is told at once. */
export function createEnding<Value>(): Announcer<Value> {
  const listeners = new Set<(value: Value) => void>();
  let told: { readonly value: Value } | undefined;
  return {
    tell(value) {
      if (told !== undefined) return;
      told = { value };
      for (const listener of [...listeners]) listener(value);
    },
    listen(listener) {
      if (told !== undefined) listener(told.value);
      else listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
