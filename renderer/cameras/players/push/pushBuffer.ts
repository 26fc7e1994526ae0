import type { PushPiece } from '#contract/cameras/index.ts';
import type { TimelinePoint } from '../timeline.ts';
import { offsetFor, trimTo } from './pushPlan.ts';

/** Takes the pieces of one stream into a media source, in order. */
export type PushBuffer = {
  take(piece: PushPiece): void;
  /** The stream goes on in another codec. */
  changeType(mimeType: string): void;
};

/** What the buffer tells about a fragment that is appended whole. */
export type Appended = { readonly point: TimelinePoint; readonly mediaTime: number; readonly bytes: number };

type Step =
  | { readonly kind: 'append'; readonly bytes: Uint8Array }
  | { readonly kind: 'begin'; readonly piece: PushPiece }
  | { readonly kind: 'end'; readonly piece: PushPiece; readonly bytes: number }
  | { readonly kind: 'changeType'; readonly mimeType: string }
  | { readonly kind: 'resetParser' };

// An append that still does not fit after this many cuts will never fit.
const maxQuotaTries = 3;

/** Fills `sourceBuffer`; one step at a time, because it takes nothing while it is updating. */
export function createPushBuffer({
  sourceBuffer,
  onAppended,
  onFailed,
}: {
  sourceBuffer: SourceBuffer;
  onAppended: (appended: Appended) => void;
  onFailed: (code: string) => void;
}): PushBuffer {
  const steps: Step[] = [];
  let offsetS = 0;
  let newestS: number | null = null;
  let keysS: readonly number[] = [];
  let quotaTries = 0;
  let openFragment: number | null = null;
  let fragmentBytes = 0;

  const perform = (step: Step): void => {
    switch (step.kind) {
      case 'append':
        // What a socket gives is never shared memory; the type of a piece cannot say so.
        return sourceBuffer.appendBuffer(step.bytes as Uint8Array<ArrayBuffer>);
      case 'begin':
        offsetS = offsetFor({ mediaTime: step.piece.mediaTime, offsetS, newestS });
        if (sourceBuffer.timestampOffset !== offsetS) sourceBuffer.timestampOffset = offsetS;
        return;
      case 'end':
        return finish(step);
      case 'changeType':
        return sourceBuffer.changeType(step.mimeType);
      case 'resetParser':
        return sourceBuffer.abort();
    }
  };
  const finish = ({ piece, bytes }: Extract<Step, { kind: 'end' }>): void => {
    const { durationS, arrivedAtMs, sourceAtMs } = piece;
    const mediaTime = piece.mediaTime + offsetS;
    newestS = Math.max(newestS ?? 0, mediaTime + durationS);
    if (piece.isKey) keysS = [...keysS, mediaTime];
    quotaTries = 0;
    onAppended({ point: { mediaTime, durationS, arrivedAtMs, sourceAtMs }, mediaTime: piece.mediaTime, bytes });
    const oldestS = sourceBuffer.buffered.length > 0 ? sourceBuffer.buffered.start(0) : newestS;
    const cutS = trimTo({ oldestS, newestS, keysS });
    if (cutS === null) return;
    keysS = keysS.filter((keyS) => keyS > cutS);
    sourceBuffer.remove(0, cutS);
  };
  const work = (): void => {
    while (!sourceBuffer.updating) {
      const step = steps.shift();
      if (step === undefined) return;
      try {
        perform(step);
      } catch (error) {
        if (!makeRoom(error)) return onFailed(error instanceof DOMException ? `push.${error.name}` : 'push.appendFailed');
        steps.unshift(step);
        return;
      }
    }
  };
  /** Full: cut what was played long ago and try the same step again. */
  const makeRoom = (error: unknown): boolean => {
    if (!(error instanceof DOMException) || error.name !== 'QuotaExceededError' || quotaTries >= maxQuotaTries) return false;
    quotaTries += 1;
    sourceBuffer.remove(0, Math.max(0.1, (newestS ?? 0) - 2));
    return true;
  };
  sourceBuffer.addEventListener('updateend', work);
  sourceBuffer.addEventListener('error', () => onFailed('push.undecodable'));

  return {
    take: (piece) => {
      const key = piece.fragment;
      if (openFragment !== key) {
        // The gateway gave up a fragment half-way: the parser must not take the next one as its rest.
        if (openFragment !== null) steps.push({ kind: 'resetParser' });
        openFragment = key;
        fragmentBytes = 0;
        if (!piece.isInit) steps.push({ kind: 'begin', piece });
      }
      // The payload is nearly all of its socket message, and appending takes a copy: nothing is won by another one.
      steps.push({ kind: 'append', bytes: piece.payload });
      fragmentBytes += piece.payload.length;
      if (piece.isLast) {
        openFragment = null;
        if (!piece.isInit) steps.push({ kind: 'end', piece, bytes: fragmentBytes });
      }
      work();
    },
    changeType: (mimeType) => {
      steps.push({ kind: 'changeType', mimeType });
      work();
    },
  };
}
