/** Bytes that look random and are the same at every run (a linear congruential generator's upper byte). For tests. */
export function seededBytes({ seed, length }: { seed: number; length: number }): Uint8Array {
  let state = seed >>> 0;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}
