import { z } from 'zod';
import type { PositionColumns } from './positionColumns.ts';

/** What a responder is doing; the order is the code on the wire, new ones are appended. */
export const ResponderStatus = z.enum(['available', 'assigned', 'enRoute', 'onScene', 'returning', 'unavailable']);
export type ResponderStatus = z.infer<typeof ResponderStatus>;

/** The status behind a code of a position frame; null for one that a newer platform has and this version does not know. */
export function responderStatusOf(code: number): ResponderStatus | null {
  return ResponderStatus.options[code] ?? null;
}

/** A position older than this is never drawn as fresh: a walking person may be 80 m away by then, a car a kilometre. */
export const staleAfterMs = 60_000;

/** Whether a place is too old to be believed. Both moments are platform time. */
export function isStale({ measuredAtMs, nowMs }: { measuredAtMs: number; nowMs: number }): boolean {
  return nowMs - measuredAtMs > staleAfterMs;
}

/** How many responders report freshly and how many are stale; those nobody ever heard of are neither. */
export function countReporting({ measuredAtMs }: PositionColumns, nowMs: number): { reporting: number; stale: number } {
  let [reporting, stale] = [0, 0];
  for (const at of measuredAtMs) {
    if (at === 0) continue;
    if (isStale({ measuredAtMs: at, nowMs })) stale += 1;
    else reporting += 1;
  }
  return { reporting, stale };
}
