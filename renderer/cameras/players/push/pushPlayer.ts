import { decideEdge, pushEdge } from '../liveEdge.ts';
import type { GrantProvider, Player, PlayerFactory, PlayerPorts } from '../player.ts';
import { createTimeline } from '../timeline.ts';
import type { Conductor, Followed } from '../step/conductor.ts';
import { bufferedOf, detachMedia } from '../videoElement.ts';
import type { PushMedia, PushNews } from './pushMessages.ts';
import type { PushTransport } from './pushTransport.ts';

/** Players of our own gateway's push streams, all over one transport and in step with each other. */
export function createPushPlayers({ transport, conductor }: { transport: PushTransport; conductor: Conductor }): PlayerFactory {
  return { create: (ports) => createPushPlayer({ transport, conductor, ports }) };
}

// A key frame begins a fragment of its own: of a few, the longest is what one waits for.
const lookBack = 8;

function createPushPlayer({ transport, conductor, ports }: { transport: PushTransport; conductor: Conductor; ports: PlayerPorts }): Player {
  const { onEvidence, platformNow, priority } = ports;
  const timeline = createTimeline();
  const closers: (() => void)[] = [];
  let video: HTMLVideoElement | null = null;
  let media: PushMedia | null = null;
  let followed: Followed | null = null;
  let lasted: readonly number[] = [0];
  let isClosed = false;

  const start = (): void => {
    if (video === null || media === null) return;
    closers.push(putOn(video, media));
    followed = conductor.follow(video, (mediaTime) => {
      const picture = timeline.pictureAt(mediaTime);
      if (picture !== null) onEvidence({ kind: 'frame', shownAtMs: platformNow(), ...picture });
    });
    closers.push(followed.leave);
    // Muted playing may start without a gesture; where a browser says no, there are no frames and the tile says so.
    video.play().catch(() => {});
  };
  const hear = (news: PushNews): void => {
    if (isClosed) return;
    switch (news.type) {
      case 'media':
        media = news.media;
        return start();
      case 'opened':
        return onEvidence({ kind: 'phase', phase: 'firstPicture' });
      case 'points':
        timeline.add(news.points);
        lasted = [...lasted, ...news.points.map(({ durationS }) => durationS)].slice(-lookBack);
        if (video !== null) holdEdge({ video, isSteered: followed?.isSteered() === true, everyS: Math.max(...lasted) });
        return;
      case 'source':
        return onEvidence({ kind: 'source', source: news.source });
      case 'clock':
        return timeline.tellOffset(news.offsetMs);
      case 'refused':
        return onEvidence({ kind: 'refused', code: news.code });
      case 'ended':
        return onEvidence({ kind: 'ended', code: news.code });
    }
  };
  const openWith = async (grants: GrantProvider): Promise<void> => {
    onEvidence({ kind: 'phase', phase: 'grant' });
    const grant = await grants();
    if (isClosed) return;
    if (!grant.ok) return onEvidence({ kind: 'refused', code: grant.refusal.code });
    onEvidence({ kind: 'phase', phase: 'gateway' });
    const stream = transport.open({ url: grant.value.pushUrl, token: grant.value.token, priority, listener: hear });
    closers.push(() => stream.close());
  };
  return {
    open: (grants) => void openWith(grants),
    attach: (element) => {
      video = element;
      start();
    },
    close: () => {
      isClosed = true;
      for (const close of closers.splice(0).reverse()) close();
    },
  };
}

function putOn(video: HTMLVideoElement, media: PushMedia): () => void {
  if (media instanceof MediaSource) {
    const url = URL.createObjectURL(media);
    video.src = url;
    return () => {
      detachMedia(video);
      URL.revokeObjectURL(url);
    };
  }
  // The DOM types do not know yet that a handle is a media provider.
  video.srcObject = media as unknown as MediaProvider;
  return () => detachMedia(video);
}

type Holding = { readonly video: HTMLVideoElement; readonly isSteered: boolean; readonly everyS: number };

function holdEdge({ video, isSteered, everyS }: Holding): void {
  const target = pushEdge(everyS);
  const move = decideEdge({ currentS: video.currentTime, rate: video.playbackRate, buffered: bufferedOf(video), target });
  switch (move.kind) {
    case 'stay':
      return;
    case 'rate':
      if (!isSteered) video.playbackRate = move.rate;
      return;
    case 'seek':
      video.currentTime = move.toS;
      video.playbackRate = 1;
      return;
  }
}
