import { pushCredit } from '#contract/cameras/index.ts';

/** A fragment that was sent and not acknowledged. */
export type Unacked = { readonly mediaTime: number; readonly durationS: number; readonly bytes: number };

/** What a channel and its whole socket have on the way. */
export type CreditUse = { readonly unacked: readonly Unacked[]; readonly socketBytes: number };

/**
 * Whether one more fragment may go out: at most 1.5 s or 512 KiB of a channel and 4 MiB of a socket on the way. With nothing on the way
 * it always may, or a 4K key frame that is larger than all credit would never pass; one more is never too long, since windows acknowledge
 * every second fragment and would wait for it for ever (a camera of one picture a second).
 */
export function mayBeSent({ unacked, socketBytes }: CreditUse, next: { durationS: number; bytes: number }): boolean {
  const bytes = unacked.reduce((sum, sent) => sum + sent.bytes, next.bytes);
  const durationMs = unacked.reduce((sum, sent) => sum + sent.durationS, next.durationS) * 1000;
  const isWithinChannel = (unacked.length < 2 || durationMs <= pushCredit.maxUnackedMs) && bytes <= pushCredit.maxUnackedBytesPerCamera;
  const isWithinSocket = socketBytes + next.bytes <= pushCredit.maxUnackedBytesPerSocket;
  return (unacked.length === 0 || isWithinChannel) && (socketBytes === 0 || isWithinSocket);
}

// Media times cross the wire as JSON; less than the distance of two pictures at 120 per second.
const roundingS = 0.005;

/** What stays on the way when the fragment that starts at `mediaTime` and all before it were appended. */
export function afterAck(unacked: readonly Unacked[], mediaTime: number): readonly Unacked[] {
  return unacked.filter((sent) => sent.mediaTime > mediaTime + roundingS);
}
