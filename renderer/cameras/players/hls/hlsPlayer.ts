import type { GrantProvider, Player, PlayerFactory, PlayerPorts } from '../player.ts';
import type { Renewals } from '../renewals.ts';
import { createTimeline, type TimelinePoint } from '../timeline.ts';
import { detachMedia, watchFrames } from '../videoElement.ts';
import type { HlsStream } from './hlsStream.ts';

/** Players of HLS streams; hls.js is fetched with the first one. */
export function createHlsPlayers({ renewals }: { renewals: Renewals }): PlayerFactory {
  return { create: (ports) => createHlsPlayer({ renewals, ports }) };
}

function createHlsPlayer({ renewals, ports }: { renewals: Renewals; ports: PlayerPorts }): Player {
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
    const right = renewals.keep({ grants, first: grant.value });
    closers.push(right.stop);
    const [video, { openHlsStream }] = await Promise.all([attached.promise, import('./hlsStream.ts')]);
    if (isClosed) return;
    const stream = openHlsStream({
      url: grant.value.llHlsUrl ?? grant.value.hlsUrl,
      token: right.token,
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
