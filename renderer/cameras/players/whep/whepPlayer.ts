import type { MediaGrant } from '#contract/cameras/index.ts';
import type { Timers } from '#contract/values/index.ts';
import type { GrantProvider, Player, PlayerFactory, PlayerPorts } from '../player.ts';
import { detachMedia, watchFrames } from '../videoElement.ts';
import type { Renewals } from '../renewals.ts';
import { createPace } from './pace.ts';
import { hangUp, keepAlive, offerTo } from './signalling.ts';

/** Players of cameras that speak WebRTC: the window and the camera send to each other, the platform relays who may and how. */
export function createWhepPlayers(made: { timers: Timers; renewals: Renewals }): PlayerFactory {
  return { create: (ports) => createWhepPlayer({ ...made, ports }) };
}

/** Addresses of this machine are found at once; what takes longer is a server nobody configured. */
const gatherWithinMs = 1_000;

function createWhepPlayer({ timers, renewals, ports }: { timers: Timers; renewals: Renewals; ports: PlayerPorts }): Player {
  const { onEvidence } = ports;
  const closers: (() => void)[] = [];
  const attached = Promise.withResolvers<HTMLVideoElement>();
  let isClosed = false;

  const openWith = async (grants: GrantProvider): Promise<void> => {
    onEvidence({ kind: 'phase', phase: 'grant' });
    const grant = await grants();
    if (isClosed) return;
    if (!grant.ok) return onEvidence({ kind: 'refused', code: grant.refusal.code });
    onEvidence({ kind: 'phase', phase: 'gateway' });
    const peer = openPeer({ onTrack: (stream) => void show(stream), onFailed: () => onEvidence({ kind: 'ended', code: 'whep.lost' }) });
    closers.push(peer.close);
    const offer = await peer.offer(timers);
    const view = isClosed ? null : await offerTo(grant.value, offer);
    if (view === null) return;
    if (!view.ok) return isClosed ? undefined : onEvidence({ kind: 'refused', code: view.refusal.code });
    closers.push(
      keepOpen({
        url: view.value.url,
        first: grant.value,
        grants,
        renewals,
        onGone: () => onEvidence({ kind: 'ended', code: 'whep.gone' }),
      }),
    );
    // Closed while the camera answered: it was opened there all the same, and has to be hung up.
    if (isClosed) return close();
    onEvidence({ kind: 'phase', phase: 'firstPicture' });
    await peer.accept(view.value.answer);
  };
  const show = async (stream: MediaStream): Promise<void> => {
    const video = await attached.promise;
    if (isClosed) return;
    video.srcObject = stream;
    closers.push(() => detachMedia(video));
    closers.push(watchPeerFrames({ video, ports }));
    video.play().catch(() => {});
  };
  const close = (): void => {
    isClosed = true;
    for (const undo of closers.splice(0).reverse()) undo();
  };
  return {
    open: (grants) => {
      openWith(grants).catch(() => {
        if (!isClosed) onEvidence({ kind: 'ended', code: 'whep.failed' });
      });
    },
    attach: (video) => attached.resolve(video),
    close,
  };
}

/** A camera's clock is not known here: a picture is as old as its way through this window. */
function watchPeerFrames({ video, ports: { onEvidence, platformNow } }: { video: HTMLVideoElement; ports: PlayerPorts }): () => void {
  const pace = createPace();
  return watchFrames(video, (_, { receiveTime }) => {
    const shownAtMs = platformNow();
    const inWindowMs = receiveTime === undefined ? 0 : Math.max(0, performance.now() - receiveTime);
    const frozenAfterMs = pace.frame(shownAtMs);
    if (frozenAfterMs !== null) onEvidence({ kind: 'pace', frozenAfterMs });
    onEvidence({ kind: 'frame', shownAtMs, pictureAtMs: Math.round(shownAtMs - inWindowMs), clock: 'arrival' });
  });
}

function openPeer({ onTrack, onFailed }: { onTrack: (stream: MediaStream) => void; onFailed: () => void }) {
  // No server for addresses: window and camera are in one network, and nobody outside is asked.
  const peer = new RTCPeerConnection({ iceServers: [] });
  peer.addTransceiver('video', { direction: 'recvonly' });
  peer.ontrack = ({ track, streams }) => onTrack(streams[0] ?? new MediaStream([track]));
  peer.onconnectionstatechange = () => {
    if (peer.connectionState === 'failed' || peer.connectionState === 'closed') onFailed();
  };
  return {
    offer: async (timers: Timers): Promise<string> => {
      await peer.setLocalDescription();
      await gathered(peer, timers);
      return peer.localDescription?.sdp ?? '';
    },
    accept: async (sdp: string) => await peer.setRemoteDescription({ type: 'answer', sdp }),
    close: () => {
      peer.ontrack = null;
      peer.onconnectionstatechange = null;
      peer.close();
    },
  };
}

async function gathered(peer: RTCPeerConnection, timers: Timers): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = timers.afterMs(gatherWithinMs, resolve);
  peer.onicegatheringstatechange = () => {
    if (peer.iceGatheringState === 'complete') resolve();
  };
  if (peer.iceGatheringState === 'complete') resolve();
  await promise;
  cancel();
  peer.onicegatheringstatechange = null;
}

/** Says at each renewal that the window still looks; hangs up when it ends. */
function keepOpen({
  url,
  first,
  grants,
  renewals,
  onGone,
}: {
  url: string;
  first: MediaGrant;
  grants: GrantProvider;
  renewals: Renewals;
  onGone: () => void;
}): () => void {
  let isOver = false;
  const stillLooks = async (token: string): Promise<void> => {
    const isKnown = await keepAlive({ url, token });
    if (!isKnown && !isOver) onGone();
  };
  const right = renewals.keep({ first, grants, onRenewed: (token) => void stillLooks(token) });
  return () => {
    isOver = true;
    right.stop();
    void hangUp({ url, token: right.token() });
  };
}
