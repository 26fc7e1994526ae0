import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  hlsLimits,
  pushLimits,
  type StreamQuality,
  type TileEvidence,
  type TileLimits,
  type TileState,
  tileState,
} from '#contract/cameras/index.ts';
import type { Randomness, Timers } from '#contract/values/index.ts';
import type { Ticker } from '../../room/index.ts';
import { backOffMs } from '../players/backOff.ts';
import type { GrantProvider, Player, PlayerEvidence, PlayerKind, PlayerPhase, Players } from '../players/index.ts';
import { createLastPicture } from './lastPicture.ts';
import { askAgainMs, beingDrawn, isLasting, shouldReopen } from './recovery.ts';
import type { VideoPool } from './videoPool.ts';

/** What a picture claims now, and what it waits for. */
export type PictureState = {
  readonly tile: TileState;
  /** Since when the tile is of this kind, platform time. */
  readonly sinceMs: number;
  readonly phase: PlayerPhase;
  /** Whether there is a last picture to show under a state that is not live. */
  readonly hasLastPicture: boolean;
};

/** One camera's picture in one place: asks for the right, plays, proves, and begins again for ever when it is lost. */
export type PictureView = {
  readonly state: StoreApi<PictureState>;
  /** Puts the picture into an element of the page. */
  show(host: HTMLElement): void;
  setQuality(quality: StreamQuality): void;
  close(): void;
};

export type PicturePorts = {
  readonly players: Players;
  readonly pool: VideoPool;
  readonly page: Document;
  readonly ticker: Ticker;
  readonly platformNow: () => number;
  readonly timers: Timers;
  readonly random: Randomness;
};

const limitsOf: { readonly [Kind in PlayerKind]: TileLimits } = { push: pushLimits, hls: hlsLimits };

/** Opens a picture; `grantsFor` asks main for the right to one rendition, `kindOf` names the player. */
export function openPictureView({
  ports,
  quality: firstQuality,
  kind,
  grantsFor,
}: {
  ports: PicturePorts;
  quality: StreamQuality;
  kind: PlayerKind;
  grantsFor: (quality: StreamQuality) => GrantProvider;
}): PictureView {
  const { players, pool, page, ticker, platformNow, timers, random } = ports;
  const limits = limitsOf[kind];
  const video = pool.acquire();
  const last = createLastPicture(page);
  const openedAtMs = platformNow();
  const store = createStore<PictureState>(() => ({
    tile: { kind: 'connecting', sinceMs: openedAtMs },
    sinceMs: openedAtMs,
    phase: 'grant',
    hasLastPicture: false,
  }));
  let evidence: TileEvidence = { openedAtMs, lastFrame: null, source: { kind: 'unknown' }, refusedCode: null };
  let quality = firstQuality;
  let player: Player | null = null;
  let attempt = 0;
  let playerOpenedAtMs = openedAtMs;
  let cancelReopen = () => {};
  let isPlaying = false;

  const judge = ({ isTick }: { isTick: boolean }): void => {
    const before = store.getState();
    const nowMs = platformNow();
    const tile = tileState({ evidence, limits, nowMs });
    if (tile.kind === before.tile.kind && !isTick) return;
    const sinceMs = tile.kind === before.tile.kind ? before.sinceMs : nowMs;
    if (tile.kind === 'live' && nowMs - sinceMs > settledMs) attempt = 0;
    if (before.tile.kind === 'live' && tile.kind !== 'live') keepLast();
    store.setState({ tile, sinceMs });
    const sinceOpenMs = nowMs - playerOpenedAtMs;
    if (player !== null && shouldReopen({ state: tile, source: evidence.source, limits, sinceOpenMs })) reopenAfter(backOff());
  };
  const keepLast = (): void => {
    if (isPlaying && last.take(video)) store.setState({ hasLastPicture: true });
    last.canvas.dataset['shown'] = 'true';
  };
  const backOff = (): number => backOffMs({ attempt: attempt++, random });
  const closePlayer = (): void => {
    player?.close();
    player = null;
    isPlaying = false;
  };
  const reopenAfter = (delayMs: number): void => {
    keepLast();
    closePlayer();
    cancelReopen();
    cancelReopen = timers.afterMs(delayMs, openPlayer);
  };
  const waitForDrawing = (): void => {
    // The wait for a connection has not begun: a tile that waits for its drawing is never "offline".
    evidence = { ...evidence, openedAtMs: platformNow(), refusedCode: null };
    store.setState({ phase: 'drawing' });
    reopenAfter(beingDrawn.askAgainMs);
  };
  const hear = (told: PlayerEvidence): void => {
    switch (told.kind) {
      case 'frame':
        // A gateway whose source stands still hands out its last pictures again: no newer picture, no proof.
        if (told.pictureAtMs <= (evidence.lastFrame?.pictureAtMs ?? 0)) return;
        if (!isPlaying) {
          isPlaying = true;
          last.canvas.dataset['shown'] = 'false';
          store.setState({ phase: 'playing' });
        }
        evidence = { ...evidence, lastFrame: told, refusedCode: null };
        return judge({ isTick: false });
      case 'source':
        evidence = { ...evidence, source: told.source };
        return judge({ isTick: false });
      case 'phase':
        if (told.phase === 'gateway') evidence = { ...evidence, refusedCode: null };
        // Asking again is no news while the picture is being drawn.
        if (told.phase === 'grant' && store.getState().phase === 'drawing') return;
        return store.setState({ phase: told.phase });
      case 'refused':
        if (told.code === beingDrawn.code) return waitForDrawing();
        if (!isLasting(told.code)) return reopenAfter(backOff());
        evidence = { ...evidence, refusedCode: told.code };
        reopenAfter(askAgainMs);
        return judge({ isTick: false });
      case 'ended':
        return reopenAfter(backOff());
    }
  };
  const openPlayer = (): void => {
    closePlayer();
    playerOpenedAtMs = platformNow();
    const opened = players[kind].create({
      platformNow,
      // A closed player's late words are not about this one.
      onEvidence: (told) => {
        if (player === opened) hear(told);
      },
    });
    player = opened;
    opened.attach(video);
    opened.open(grantsFor(quality));
  };
  const stopTicking = ticker.subscribe(() => judge({ isTick: true }));
  openPlayer();
  return {
    state: store,
    show: (host) => host.replaceChildren(video, last.canvas),
    setQuality: (next) => {
      if (next === quality) return;
      quality = next;
      reopenAfter(0);
    },
    close: () => {
      stopTicking();
      cancelReopen();
      closePlayer();
      pool.release(video);
      last.canvas.remove();
    },
  };
}

// Live for so long means that the last trouble is over: the next one is answered at once again.
const settledMs = 10_000;
