import { createStore } from 'zustand/vanilla';
import { granted } from '#contract/values/index.ts';
import { createManualTimers } from '#contract/values/testing/manualTimers.ts';
import type { PlayerEvidence, PlayerKind, PlayerPorts } from '../../players/index.ts';
import { createDoubles } from '../doubles.ts';
import { startLineWatch } from '../lineWatch.ts';
import { openPictureView } from '../pictureView.ts';

globalThis.HTMLMediaElement ??= { HAVE_CURRENT_DATA: 2 } as unknown as typeof HTMLMediaElement;

/** Elements that have a picture as soon as they are taken. */
function createFakePool() {
  let inUse = 0;
  return {
    acquire: () => {
      inUse += 1;
      return { videoWidth: 640, videoHeight: 360, readyState: 4 } as unknown as HTMLVideoElement;
    },
    release: () => {
      inUse -= 1;
    },
    inUse: () => inUse,
  };
}

/** Everything a picture needs, with a clock that the test moves and players that it speaks for. */
export function openPicture({ quality = 'sub', decoders = 64 }: { quality?: 'main' | 'sub'; decoders?: number } = {}) {
  const timers = createManualTimers();
  const nowMs = () => 1_000_000 + timers.now();
  const ticker = createStore<number>(nowMs);
  const opened: (PlayerPorts & { isClosed: boolean; quality: string; kind: PlayerKind })[] = [];
  const right: { liftedUntilMs?: number } = {};
  let cameraLostSinceMs: number | null = null;
  const pool = createFakePool();
  const backs: (() => void)[] = [];
  let arrivals: readonly number[] = [];
  const canvas = { dataset: {} as Record<string, string>, width: 0, getContext: () => ({ drawImage: () => {} }), remove: () => {} };
  const create = (kind: PlayerKind) => (ports: PlayerPorts) => {
    const entry = { ...ports, isClosed: false, quality: '', kind };
    opened.push(entry);
    return {
      open: (grants: () => Promise<unknown>) => void grants(),
      attach: () => {},
      close: () => {
        entry.isClosed = true;
      },
    };
  };
  const view = openPictureView({
    asked: {
      quality,
      kindsFor: () => ['push', 'hls'],
      hasSub: () => true,
      rank: { priority: 'usual', place: 'HDMI-1/1' },
      cameraLostSinceMs: () => cameraLostSinceMs,
    },
    grantsFor: (wanted) => async () => {
      const last = opened.at(-1);
      if (last !== undefined) last.quality = wanted;
      return granted({ ...right } as never);
    },
    ports: {
      players: { push: { create: create('push') }, hls: { create: create('hls') }, whep: { create: create('whep') } },
      pool,
      doubles: createDoubles({ inUse: pool.inUse, decoders: () => decoders }),
      line: startLineWatch({ ticker, arrivals: () => arrivals }),
      page: { createElement: () => canvas } as unknown as Document,
      ticker,
      platformNow: nowMs,
      timers,
      random: () => 0,
      onPlatformBack: (listener) => {
        backs.push(listener);
        return () => {};
      },
    },
  });
  const advance = (ms: number) => {
    for (const untilMs = nowMs() + ms; nowMs() < untilMs; ) {
      timers.advance(500);
      ticker.setState(nowMs(), true);
    }
  };
  const hear = (evidence: PlayerEvidence) => opened.at(-1)?.onEvidence(evidence);
  const showFrame = () => hear({ kind: 'frame', shownAtMs: nowMs(), pictureAtMs: nowMs() - 700, clock: 'arrival' });
  const kind = () => view.state.getState().tile.kind;
  /** Frames at the shown player, the first one that is open, for so long. */
  const playFor = (ms: number) => {
    for (let playedMs = 0; playedMs < ms; playedMs += 500) {
      const pictureAtMs = nowMs() - 700;
      opened.find(({ isClosed }) => !isClosed)?.onEvidence({ kind: 'frame', shownAtMs: nowMs(), pictureAtMs, clock: 'arrival' });
      advance(500);
    }
  };
  const ways = () => opened.map((player) => `${player.quality} ${player.kind}${player.isClosed ? ' closed' : ''}`);
  const arrive = (told: readonly number[]) => {
    arrivals = told;
  };
  /** What the platform's record says of the camera from now on. */
  const recordLost = (sinceMs: number | null) => {
    cameraLostSinceMs = sinceMs;
  };
  const comeBack = () => {
    for (const tell of backs) tell();
  };
  const asked = { right, comeBack, recordLost, view, opened, canvas, inUse: pool.inUse, nowMs };
  return { ...asked, advance, hear, showFrame, kind, playFor, ways, arrive };
}
