/** Where in its loop a picture is: 0 at the start, just below 1 before it starts again. Everything below returns to its start with it. */
export type Share = number;

/** The fractional part, for offsets that wrap. */
export function wrapped(value: number): number {
  return value - Math.floor(value);
}

/** A swing between -1 and 1 that fits `times` into the loop. */
export function swing(share: Share, { times, offset = 0 }: { times: number; offset?: number }): number {
  return Math.sin((share * times + offset) * 2 * Math.PI);
}

/**
 * A passage that takes part of the loop: 0 to 1 while it lasts, null while nobody passes.
 * `starts` is when, `lasts` how long, both as shares of the loop.
 */
export function passage(share: Share, { starts, lasts }: { starts: number; lasts: number }): number | null {
  const since = wrapped(share - starts) / lasts;
  return since < 1 ? since : null;
}

/** 1 in the middle of a passage, falling to 0 at both ends within `edge`: who comes out of a door does not pop up. */
export function faded(progress: number, edge: number): number {
  return Math.max(0, Math.min(1, progress / edge, (1 - progress) / edge));
}
