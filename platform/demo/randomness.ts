import type { Randomness } from '#contract/values/index.ts';

/**
 * Mulberry32: 32 bits of state, good enough for drawing a county, the same on every machine.
 * `label` starts an independent sequence, so that one more draw for the roads does not move a single camera.
 */
export function seededRandomness({ seed, label }: { seed: number; label: string }): Randomness {
  let state = hashOf(label) ^ Math.imul(seed | 0, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A number in [from, to). */
export function between(random: Randomness, range: readonly [number, number]): number {
  return range[0] + random() * (range[1] - range[0]);
}

/** One of a non-empty list. */
export function pick<Choice>(random: Randomness, choices: readonly Choice[]): Choice {
  const chosen = choices[Math.floor(random() * choices.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
}

/** A new list in random order (Fisher-Yates). */
export function shuffled<Element>(random: Randomness, list: readonly Element[]): Element[] {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other] as Element, result[last] as Element];
  }
  return result;
}

// FNV-1a, 32 bits.
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash | 0;
}
