import type { ViewEnd } from '#contract/audit/index.ts';
import type { PushNotice, ViewPriority } from '#contract/cameras/index.ts';
import type { Timers, WindowId } from '#contract/values/index.ts';
import type { MediaGrants } from '#platform/cameras/ports.ts';
import type { GatewayLimits } from '../limits.ts';
import type { SourcePool } from '../source/sourcePool.ts';
import { renditionOf } from '../renditions/index.ts';
import { createPieceSender, type SendBytes } from './pieceSender.ts';
import { createPushChannel, type PushChannel } from './pushChannel.ts';

/** The open channels of one socket. */
export type PushChannels = {
  /** Redeems the token and joins the source; `usedBefore` when the window broke the rule that a number is used once. */
  open(asked: { channel: number; token: string; windowId: WindowId; priority?: ViewPriority | undefined }): 'answered' | 'usedBefore';
  acknowledge(acked: { channel: number; mediaTime: number }): void;
  close(channel: number): void;
  /** `lost` when the socket went without a word, `closed` when either side meant it. */
  closeAll(why: ViewEnd): void;
  /** Closes what is no longer allowed, and says so. */
  recheck(): void;
};

export type PushChannelsOptions = {
  grants: MediaGrants;
  pool: SourcePool;
  limits: GatewayLimits;
  timers: Timers;
  tell: (notice: PushNotice) => void;
  send: SendBytes;
};

export function createPushChannels({ grants, pool, limits, timers, tell, send }: PushChannelsOptions): PushChannels {
  const channels = new Map<number, { readonly pushed: PushChannel; readonly leave: () => void }>();
  const usedBefore = new Set<number>();
  const written = new Set<number>();
  const sender = createPieceSender({ send });
  const socketBytes = () => [...channels.values()].reduce((sum, { pushed }) => sum + pushed.unackedBytes(), 0);

  const openAnswer = ({ channel, token, windowId, priority = 'usual' }: Parameters<PushChannels['open']>[0]): PushNotice | null => {
    if (channels.size >= limits.maxChannelsPerSocket) return { type: 'refused', channel, code: 'cameras.gatewayFull' };
    const grant = grants.redeem(token);
    // Unknown, expired and another window's token are one refusal: nothing is learned by trying.
    if (grant === null || grant.windowId !== windowId) return { type: 'refused', channel, code: 'access.notAllowed' };
    const pushed = createPushChannel({
      ...{ channel, grant, limits, timers, priority, tell, socketBytes, onSendable: sender.pump },
      onUnencoded: () => {
        close(channel, 'closed');
        tell({ type: 'refused', channel, code: 'cameras.transcodingFull' });
      },
    });
    const watched = pool.watch({ ...renditionOf(grant), viewer: pushed.viewer });
    if (!watched.ok) return { type: 'refused', channel, code: watched.refusal.code };
    channels.set(channel, { pushed, leave: watched.value });
    void sendOnceWritten({ channel, pushed, priority });
    return null;
  };
  /** No picture goes out before the look is written down. */
  const sendOnceWritten = async ({ channel, pushed, priority }: { channel: number; pushed: PushChannel; priority: ViewPriority }) => {
    const isWritten = await grants.viewOpened(pushed.grant);
    if (!isWritten) {
      leave(channel);
      return tell({ type: 'closed', channel, code: 'bus.notRecorded' });
    }
    if (channels.get(channel)?.pushed !== pushed) return grants.viewClosed(pushed.grant, 'closed');
    written.add(channel);
    sender.add(pushed.pieces, priority);
    sender.pump();
  };
  const leave = (channel: number): PushChannel | null => {
    const entry = channels.get(channel);
    if (entry === undefined) return null;
    channels.delete(channel);
    sender.remove(entry.pushed.pieces);
    entry.leave();
    entry.pushed.close();
    return entry.pushed;
  };
  const close = (channel: number, why: ViewEnd) => {
    const pushed = leave(channel);
    // One that was not written down yet is closed by whoever waits for that.
    if (pushed !== null && written.delete(channel)) grants.viewClosed(pushed.grant, why);
  };

  return {
    open(asked) {
      if (usedBefore.has(asked.channel)) return 'usedBefore';
      usedBefore.add(asked.channel);
      const refusal = openAnswer(asked);
      if (refusal !== null) tell(refusal);
      return 'answered';
    },
    acknowledge({ channel, mediaTime }) {
      // A channel that was just closed may still be acknowledged.
      channels.get(channel)?.pushed.acknowledge(mediaTime);
      sender.pump();
    },
    close: (channel) => close(channel, 'closed'),
    closeAll(why) {
      for (const channel of [...channels.keys()]) close(channel, why);
    },
    recheck() {
      for (const [channel, { pushed }] of [...channels]) {
        if (grants.isStillAllowed(pushed.grant)) continue;
        const code = grants.endCode?.(pushed.grant) ?? 'access.notAllowed';
        close(channel, 'rightEnded');
        tell({ type: 'closed', channel, code });
      }
    },
  };
}
