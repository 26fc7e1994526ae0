import type { TileEvidence, TileLimits, TileState } from '#contract/cameras/index.ts';
import type { PlayerPhase } from '../players/index.ts';
import type { RungFault } from './ladder.ts';

/** Refusals that asking again soon does not change: the right, the camera or its connection is missing. */
const lastingRefusals: readonly string[] = [
  'access.notAllowed',
  'cameras.unknown',
  'cameras.notConnected',
  'cameras.masked',
  'cameras.transcodingFull',
];

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

// WebRTC calls a picture still after a fifth of a second; that is no time to give a stream up in.
const patienceMs = 3_000;

/** Whether a stream that has not ended, but shows nothing either, should be opened anew. */
export function shouldReopen({
  state,
  source,
  limits,
  sinceOpenMs,
  nowMs,
}: {
  state: TileState;
  source: TileEvidence['source'];
  limits: TileLimits;
  sinceOpenMs: number;
  nowMs: number;
}): boolean {
  switch (state.kind) {
    case 'live':
    case 'unmoving':
    case 'refused':
      return false;
    case 'connecting':
    case 'stale':
    case 'offline':
      if (nowMs - state.sinceMs < patienceMs) return false;
      return sinceOpenMs > (source.kind === 'lost' ? lostReopenMs : limits.connectWithinMs);
  }
}

/**
 * What an end says about the way a picture is played; null when it says nothing about it (the platform was stopped, the stream was played
 * out). A socket that does not come although the platform gave the right: another way is better.
 */
export function faultOfEnd({ code, phase }: { code: string; phase: PlayerPhase }): RungFault | null {
  if (/undecodable|append|Quota|media|codec|workerFailed/i.test(code)) return 'undecodable';
  const isNetwork = code === 'push.socketClosed' || code.startsWith('hls.') || code.startsWith('whep.');
  return isNetwork && phase === 'gateway' ? 'unreached' : null;
}

/** What it says that nothing came for long: nothing while the platform was not answering, or when the camera itself is gone. */
export function faultOfSilence({ phase, source }: { phase: PlayerPhase; source: TileEvidence['source'] }): RungFault | null {
  if (source.kind === 'lost') return null;
  switch (phase) {
    case 'grant':
    case 'drawing':
      return null;
    case 'gateway':
      return 'unreached';
    case 'firstPicture':
    case 'playing':
      return 'tooSlow';
  }
}
