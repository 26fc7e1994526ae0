import type { Clock } from '#contract/values/index.ts';

/**
 * The platform's time at this window, by the machine's clock and how far that is off. While the offset stays what it was, time does not go
 * back: on a machine whose clock is set back (and with the line down nobody says so for hours) a place of half an hour ago would be a fresh
 * one. Set forward it goes along: what looks old then is not believed, and nothing is lost.
 */
export function createPlatformTime({ clock, elapsedMs }: { clock: Clock; elapsedMs: () => number }): (offsetMs: number) => number {
  let anchor: { readonly offsetMs: number; readonly nowMs: number; readonly atMs: number } | null = null;
  return (offsetMs) => {
    const nowMs = clock.nowMs() + offsetMs;
    const atMs = elapsedMs();
    // Main has just compared the clocks: it is right, also where that is earlier.
    if (anchor?.offsetMs !== offsetMs) anchor = { offsetMs, nowMs, atMs };
    return Math.max(nowMs, Math.round(anchor.nowMs + atMs - anchor.atMs));
  };
}
