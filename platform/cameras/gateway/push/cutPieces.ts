import { encodePiece, pushCredit } from '#contract/cameras/index.ts';
import type { Outgoing } from './channelQueue.ts';

/** Cuts an init segment or fragment into pieces of at most 64 KiB, made one at a time as the socket takes them. */
export function* cutPieces(channel: number, outgoing: Outgoing): Generator<Uint8Array, undefined> {
  const { bytes, header } = headerOf(outgoing);
  for (let from = 0; from < bytes.length; from += pushCredit.maxPieceBytes) {
    const to = Math.min(from + pushCredit.maxPieceBytes, bytes.length);
    yield encodePiece({ ...header, channel, isLast: to === bytes.length, payload: bytes.subarray(from, to) });
  }
}

function headerOf(outgoing: Outgoing) {
  const { isAfterHole } = outgoing;
  switch (outgoing.kind) {
    case 'init': {
      const still = { fragment: 0, isInit: true, isKey: false, mediaTime: 0, durationS: 0, arrivedAtMs: 0, sourceAtMs: null };
      return { bytes: outgoing.init.bytes, header: { ...still, isAfterHole } };
    }
    case 'fragment': {
      const { number, bytes, isKey, mediaTime, durationS, arrivedAtMs, sourceAtMs } = outgoing.fragment;
      return { bytes, header: { fragment: number, isInit: false, isKey, isAfterHole, mediaTime, durationS, arrivedAtMs, sourceAtMs } };
    }
  }
}
