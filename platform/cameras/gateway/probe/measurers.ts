/** Those who measure a source without looking at it; each is told when there is something new to be read. */
export type Measurers = {
  /** The answered function ends it. */
  join(onChange: () => void): () => void;
  tell(): void;
  count(): number;
};

export function createMeasurers(): Measurers {
  const listeners = new Set<() => void>();
  return {
    join(onChange) {
      listeners.add(onChange);
      return () => void listeners.delete(onChange);
    },
    tell() {
      for (const listener of [...listeners]) listener();
    },
    count: () => listeners.size,
  };
}
