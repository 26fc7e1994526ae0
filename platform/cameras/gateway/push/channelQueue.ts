import { type GopLimits, isWithinGop, type SourceFragment, type SourceInit } from '../source/pictures.ts';
import { afterAck, mayBeSent, type Unacked } from './credit.ts';
import { countJoined, joinFragments } from './joinFragments.ts';

/** The next thing to send on a channel; `isAfterHole` marks a discontinuity before it. */
export type Outgoing =
  | { readonly kind: 'init'; readonly init: SourceInit; readonly isAfterHole: boolean }
  | { readonly kind: 'fragment'; readonly fragment: SourceFragment; readonly isAfterHole: boolean };

/**
 * What waits for one viewer. Without credit fragments wait by reference until the source's next key frame, then all that waited is
 * skipped: a viewer that never acknowledges costs at most one group of pictures, which the source holds anyway;
 * a group without end is skipped as well.
 */
export type ChannelQueue = {
  offerInit(init: SourceInit): void;
  offerFragment(fragment: SourceFragment): void;
  acknowledge(mediaTime: number): void;
  /** What only waits to be joined waits no longer: the next one does not come. */
  release(): void;
  /** Takes what may go out now; null when nothing waits or credit is used up. */
  takeNext(socketBytes: number): Outgoing | null;
  unackedBytes(): number;
  waitingBytes(): number;
};

/** `joinS`: fragments are joined until they last so long (seconds); 0 = each goes out as it comes. What comes first, or after a hole, never waits. */
export function createChannelQueue({ joinS = 0, ...limits }: GopLimits & { joinS?: number }): ChannelQueue {
  let init: SourceInit | null = null;
  let waiting: readonly SourceFragment[] = [];
  let unacked: readonly Unacked[] = [];
  let hasSentAny = false;
  let isHole = false;
  let needsKey = true;
  let isReleased = false;

  const skip = () => {
    if (waiting.length > 0 && hasSentAny) isHole = true;
    waiting = [];
  };

  return {
    offerInit(next) {
      skip();
      init = next;
      isHole = hasSentAny;
      needsKey = true;
    },
    offerFragment(fragment) {
      if (fragment.isKey) {
        // What only waited to be joined goes out before it.
        if (countJoined({ waiting, joinS }) > 0) skip();
        needsKey = false;
      }
      if (needsKey) return;
      waiting = [...waiting, fragment];
      if (isWithinGop(waiting, limits)) return;
      skip();
      needsKey = true;
    },
    acknowledge(mediaTime) {
      unacked = afterAck(unacked, mediaTime);
    },
    release() {
      isReleased = waiting.length > 0;
    },
    takeNext(socketBytes) {
      if (init !== null) {
        const outgoing: Outgoing = { kind: 'init', init, isAfterHole: isHole };
        init = null;
        return outgoing;
      }
      const isWaitedFor = !hasSentAny || isHole || isReleased;
      const [first, ...more] = waiting.slice(0, countJoined({ waiting, joinS }) || (isWaitedFor ? waiting.length : 0));
      if (first === undefined) return null;
      const fragment = joinFragments([first, ...more]);
      const { mediaTime, durationS, bytes } = fragment;
      const next = { mediaTime, durationS, bytes: bytes.length };
      if (!mayBeSent({ unacked, socketBytes }, next)) return null;
      const outgoing: Outgoing = { kind: 'fragment', fragment, isAfterHole: isHole };
      waiting = waiting.slice(1 + more.length);
      unacked = [...unacked, next];
      hasSentAny = true;
      [isHole, isReleased] = [false, false];
      return outgoing;
    },
    unackedBytes: () => unacked.reduce((sum, sent) => sum + sent.bytes, 0),
    waitingBytes: () => waiting.reduce((sum, fragment) => sum + fragment.bytes.length, 0),
  };
}
