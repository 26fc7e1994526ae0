/** How long to wait before start number `attempt` (1 = the first restart): doubling, capped, with the upper half random so that cameras do not restart together. */
export function backoffMs({
  attempt,
  firstMs,
  maxMs,
  random,
}: {
  attempt: number;
  firstMs: number;
  maxMs: number;
  random: number;
}): number {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full / 2 + (full / 2) * random);
}
