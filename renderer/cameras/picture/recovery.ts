import type { TileEvidence, TileLimits, TileState } from '#contract/cameras/index.ts';

/** Refusals that asking again soon does not change: the right, the camera or its connection is missing. */
const lastingRefusals: readonly string[] = ['access.notAllowed', 'cameras.unknown', 'cameras.notConnected', 'cameras.masked'];

/** Whether a refusal is shown as such; any other one is a platform that cannot answer now, and is tried again like a lost stream. */
export function isLasting(code: string): boolean {
  return lastingRefusals.includes(code);
}

/** Rights and directories change; a lasting refusal is asked about again this often. */
export const askAgainMs = 30_000;

/** A demo camera whose picture is being drawn: no fault and no refusal, it is waited for and asked about again this often. */
export const beingDrawn = { code: 'cameras.beingDrawn', askAgainMs: 4_000 } as const;

// A gateway that said "source lost" sends pictures by itself when it is back; opening anew is only for a gateway that forgot us.
const lostReopenMs = 30_000;

/** Whether a stream that has not ended, but shows nothing either, should be opened anew. */
export function shouldReopen({
  state,
  source,
  limits,
  sinceOpenMs,
}: {
  state: TileState;
  source: TileEvidence['source'];
  limits: TileLimits;
  sinceOpenMs: number;
}): boolean {
  switch (state.kind) {
    case 'live':
    case 'unmoving':
    case 'connecting':
    case 'refused':
      return false;
    case 'stale':
    case 'offline':
      return sinceOpenMs > (source.kind === 'lost' ? lostReopenMs : limits.connectWithinMs);
  }
}
