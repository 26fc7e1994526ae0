import type { PushNotice, ViewPriority } from '#contract/cameras/index.ts';
import type { Timers } from '#contract/values/index.ts';
import type { OpenedGrant } from '#platform/cameras/ports.ts';
import { createDeadline } from '../deadline.ts';
import type { GatewayLimits } from '../limits.ts';
import type { SourceCondition, SourceInit, SourceViewer } from '../source/pictures.ts';
import { createChannelQueue } from './channelQueue.ts';
import { cutPieces } from './cutPieces.ts';
import type { PieceSource } from './pieceSender.ts';

/** One tile's subscription on a push socket: a viewer of a source on one side, a giver of pieces on the other. */
export type PushChannel = {
  readonly grant: OpenedGrant;
  readonly viewer: SourceViewer;
  readonly pieces: PieceSource;
  acknowledge(mediaTime: number): void;
  unackedBytes(): number;
  /** Nothing is sent any more. */
  close(): void;
};

// Less than a picture's length is no news.
const tellClockFromMs = 20;
// The next fragment of a source that flows is there by then: what waits to be joined with it goes out alone, long before the source is called lost.
const joinPatienceMs = 600;

export type PushChannelOptions = {
  channel: number;
  grant: OpenedGrant;
  limits: GatewayLimits;
  timers: Timers;
  priority: ViewPriority;
  tell: (notice: PushNotice) => void;
  /** Bytes on the way over all channels of the socket. */
  socketBytes: () => number;
  onSendable: () => void;
  /** It would have to be encoded, and there is no room: this channel is over. */
  onUnencoded: () => void;
};

export function createPushChannel(options: PushChannelOptions): PushChannel {
  const { channel, grant, limits, timers, tell, socketBytes, onSendable, onUnencoded } = options;
  const joinS = isLookedAt(options) ? 0 : limits.pushJoinS;
  const queue = createChannelQueue({ ...limits, joinS });
  const joining = createDeadline(timers);
  let cutting: Iterator<Uint8Array, undefined> | null = null;
  let openedAs: string | null = null;
  let toldCondition: SourceCondition['kind'] = 'starting';
  let toldOffsetMs = Number.POSITIVE_INFINITY;

  const tellCondition = (condition: SourceCondition) => {
    // Not while it joins: it is closed as a whole, behind whoever tells it.
    if (condition.kind === 'lost' && condition.isUnencoded === true) return queueMicrotask(onUnencoded);
    if (condition.kind === toldCondition) return;
    toldCondition = condition.kind;
    if (condition.kind === 'flowing') tell({ type: 'source', channel, source: { kind: 'flowing' } });
    if (condition.kind === 'unmoving') tell({ type: 'source', channel, source: { kind: 'unmoving', sinceMs: condition.sinceMs } });
    if (condition.kind === 'lost') tell({ type: 'source', channel, source: { kind: 'lost', sinceMs: condition.sinceMs } });
  };
  const tellClock = (offsetMs: number | null) => {
    if (offsetMs === null || Math.abs(offsetMs - toldOffsetMs) < tellClockFromMs) return;
    toldOffsetMs = offsetMs;
    tell({ type: 'clock', channel, offsetMs });
  };
  // A window makes its MediaSource from the MIME type: it is told again when a restarted camera has another one.
  const tellOpened = ({ mimeType }: SourceInit) => {
    if (openedAs === mimeType) return;
    openedAs = mimeType;
    tell({ type: 'opened', channel, cameraId: grant.cameraId, quality: grant.quality, mimeType });
  };
  const nextPiece = (): Uint8Array | null => {
    const piece = cutting?.next();
    if (piece?.done === false) return piece.value;
    const outgoing = queue.takeNext(socketBytes());
    if (outgoing === null) {
      cutting = null;
      return null;
    }
    cutting = cutPieces(channel, outgoing);
    return nextPiece();
  };

  return {
    grant,
    viewer: {
      count: () => 1,
      onCondition: tellCondition,
      onInit(init) {
        tellOpened(init);
        queue.offerInit(init);
        onSendable();
      },
      onFragment(fragment) {
        tellClock(fragment.clockOffsetMs);
        queue.offerFragment(fragment);
        onSendable();
        if (joinS === 0 || queue.waitingBytes() === 0) return joining.clear();
        joining.set(joinPatienceMs, () => {
          queue.release();
          onSendable();
        });
      },
    },
    pieces: { nextPiece },
    acknowledge: (mediaTime) => queue.acknowledge(mediaTime),
    unackedBytes: () => queue.unackedBytes(),
    close: joining.clear,
  };
}

/** What fills a display, is zoomed into, steered (that is the preview, which is focused) or alarms is shown as soon as it can be. */
function isLookedAt({ grant, priority }: Pick<PushChannelOptions, 'grant' | 'priority'>): boolean {
  return grant.quality === 'main' || priority !== 'usual';
}
