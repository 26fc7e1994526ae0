import type { MediaGrant } from '#contract/cameras/index.ts';
import type { Timers } from '#contract/values/index.ts';
import type { GrantProvider, Player, PlayerFactory, PlayerPorts } from '../player.ts';
import { createTimeline, type TimelinePoint } from '../timeline.ts';
import { detachMedia, watchFrames } from '../videoElement.ts';
import type { HlsStream } from './hlsStream.ts';

/** Players of HLS streams; hls.js is fetched with the first one. */
export function createHlsPlayers({ timers }: { timers: Timers }): PlayerFactory {
  return { create: (ports) => createHlsPlayer({ timers, ports }) };
}

function createHlsPlayer({ timers, ports }: { timers: Timers; ports: PlayerPorts }): Player {
  const { onEvidence, platformNow } = ports;
  const timeline = createTimeline();
  const closers: (() => void)[] = [];
  const attached = Promise.withResolvers<HTMLVideoElement>();
  let isClosed = false;

  const play = (video: HTMLVideoElement, stream: HlsStream): void => {
    stream.playOn(video);
    closers.push(() => {
      stream.close();
      detachMedia(video);
    });
    closers.push(
      watchFrames(video, (mediaTime) => {
        const picture = timeline.pictureAt(mediaTime);
        if (picture !== null) onEvidence({ kind: 'frame', shownAtMs: platformNow(), ...picture });
      }),
    );
    onEvidence({ kind: 'phase', phase: 'firstPicture' });
    video.play().catch(() => {});
  };
  const openWith = async (grants: GrantProvider): Promise<void> => {
    onEvidence({ kind: 'phase', phase: 'grant' });
    const grant = await grants();
    if (isClosed) return;
    if (!grant.ok) return onEvidence({ kind: 'refused', code: grant.refusal.code });
    onEvidence({ kind: 'phase', phase: 'gateway' });
    const token = keepGranted({ grants, first: grant.value, timers, platformNow });
    closers.push(token.stop);
    const [video, { openHlsStream }] = await Promise.all([attached.promise, import('./hlsStream.ts')]);
    if (isClosed) return;
    const stream = openHlsStream({
      url: grant.value.llHlsUrl ?? grant.value.hlsUrl,
      token: token.current,
      onPoints: (points: readonly TimelinePoint[]) => timeline.add(points),
      onSource: (source) => onEvidence({ kind: 'source', source }),
      onEnded: (code) => onEvidence({ kind: 'ended', code }),
    });
    play(video, stream);
  };
  return {
    open: (grants) => {
      openWith(grants).catch(() => {
        if (!isClosed) onEvidence({ kind: 'ended', code: 'hls.notLoaded' });
      });
    },
    attach: (video) => attached.resolve(video),
    close: () => {
      isClosed = true;
      for (const close of closers.splice(0).reverse()) close();
    },
  };
}

/** Keeps a right alive while HLS asks for segments: a new token at half of each one's life (protocol.md, "Media grants"). */
function keepGranted({
  grants,
  first,
  timers,
  platformNow,
}: {
  grants: GrantProvider;
  first: MediaGrant;
  timers: Timers;
  platformNow: () => number;
}): { current: () => string; stop: () => void } {
  let grant = first;
  let cancel = () => {};
  const renewLater = (): void => {
    const halfLifeMs = Math.max(leastRenewMs, (grant.expiresAtMs - platformNow()) / 2);
    cancel = timers.afterMs(halfLifeMs, () => void renew());
  };
  const renew = async (): Promise<void> => {
    const next = await grants();
    // Refused or cut off: the old token runs out, the playlist is refused, and the player says so.
    if (next.ok) grant = next.value;
    renewLater();
  };
  renewLater();
  return { current: () => grant.token, stop: () => cancel() };
}

const leastRenewMs = 2_000;
