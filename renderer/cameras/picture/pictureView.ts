import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StreamQuality, TileState } from '#contract/cameras/index.ts';
import type { Randomness, Timers } from '#contract/values/index.ts';
import type { Ticker } from '../../room/index.ts';
import { backOffMs } from '../players/backOff.ts';
import type { GrantProvider, PlayerEvidence, PlayerKind, PlayerPhase, Players } from '../players/index.ts';
import type { Doubles } from './doubles.ts';
import { createLadder, type LadderReason, type Rung } from './ladder.ts';
import type { LineWatch } from './lineWatch.ts';
import type { Rank } from './priority.ts';
import { createProof, limitsOf } from './proof.ts';
import { askAgainMs, beingDrawn, faultOfEnd, faultOfSilence, isLasting, shouldReopen } from './recovery.ts';
import { createRenditionSwitch, type FrameEvidence, type RenditionSwitch } from './renditionSwitch.ts';
import { createShowing } from './showing.ts';
import { createStage } from './stage.ts';
import { prepareTake, type Take } from './take.ts';
import type { VideoPool } from './videoPool.ts';

/** What a picture claims now, and what it waits for. */
export type PictureState = {
  readonly tile: TileState;
  /** Since when the tile is of this kind, platform time. */
  readonly sinceMs: number;
  readonly phase: PlayerPhase;
  /** How it is played now. */
  readonly rung: Rung;
  /** Why it is not played as the tile asks for; null when it is. */
  readonly reason: LadderReason | null;
  /** The small picture is played where the tile asks for the full one. */
  readonly isLowered: boolean;
  /** The picture that is seen is held while its rendition changes: there was no decoder for both. */
  readonly isHeld: boolean;
  /** Until when the camera's masks are lifted for this window, platform time; null = what may be seen is what is always seen. */
  readonly liftedUntilMs: number | null;
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
  readonly doubles: Doubles;
  readonly line: LineWatch;
  readonly page: Document;
  readonly ticker: Ticker;
  readonly platformNow: () => number;
  readonly timers: Timers;
  readonly random: Randomness;
  /** Told when the platform can be asked again after it could not; returns the unsubscriber. */
  readonly onPlatformBack: (listener: () => void) => () => void;
};

/** What is to be shown: `kindsFor` names the players for a rendition, the best first; `hasSub` whether there is a smaller picture. */
export type PictureAsked = {
  readonly quality: StreamQuality;
  readonly kindsFor: (quality: StreamQuality) => readonly PlayerKind[];
  readonly hasSub: () => boolean;
  readonly rank: Rank;
  /** Since when the platform's record says, to everybody, that the camera is lost; null = it does not. Asked at every judgement. */
  readonly cameraLostSinceMs: () => number | null;
};

// Live for so long means that the last trouble is over: the next one is answered at once again.
const settledMs = 10_000;

/** Opens a picture; `grantsFor` asks main for the right to one rendition. */
export function openPictureView({
  ports,
  asked,
  grantsFor,
}: {
  ports: PicturePorts;
  asked: PictureAsked;
  grantsFor: (quality: StreamQuality) => GrantProvider;
}): PictureView {
  const { page, ticker, platformNow, timers, random } = ports;
  const stage = createStage(page);
  const [ladder, proof] = [createLadder(asked), createProof({ ...ports, ...asked })];
  const store = createStore<PictureState>(() => askedFor({ rung: ladder.rung(), tileOf: proof.tile, nowMs: platformNow() }));
  let attempt = 0;
  let cancelFollow = () => {};

  const rightsTo = ({ quality }: Rung): GrantProvider => toldOf(grantsFor(quality), store.setState);
  const prepare = (rung: Rung): Take => {
    const take = prepareTake({
      ...ports,
      rung,
      priority: asked.rank.priority,
      onEvidence: (told) => (take === showing.take() ? hear(told) : change.hear(take, told)),
    });
    stage.put(take.video);
    return take;
  };
  const showing = createShowing({
    ...{ ...ports, stage, prepare, rung: ladder.rung },
    start: (take) => {
      proof.pace(null);
      store.setState({ rung: take.rung, reason: ladder.reason(), isLowered: ladder.isLowered() });
      take.open(rightsTo(take.rung));
    },
    onWiped: () => store.setState({ liftedUntilMs: null }),
  });
  const backOff = (): number => backOffMs({ attempt: attempt++, random });
  const reopenAfter = (delayMs: number): void => {
    change.cancel();
    showing.reopenAfter(delayMs);
  };
  const judge = ({ isTick }: { isTick: boolean }): void => {
    const [before, nowMs] = [store.getState(), platformNow()];
    // The gateway says so too, but not over a line that is gone: nothing of the plain picture outlives its lift, not even as the last one.
    if (isTick && before.liftedUntilMs !== null && nowMs >= before.liftedUntilMs) return replace();
    const tile = proof.tile(before.rung.kind);
    if (tile.kind === before.tile.kind && !isTick) return;
    const sinceMs = tile.kind === before.tile.kind ? before.sinceMs : nowMs;
    if (isMoving(before.tile) && !isMoving(tile)) showing.keepLast();
    // The same stream may flow again before it is opened anew: a cover that stayed would be a still that says it is live.
    if (!isMoving(before.tile) && isMoving(tile)) showing.uncover();
    store.setState({ tile, sinceMs });
    if (tile.kind === 'live') return thrive({ nowMs, liveForMs: nowMs - sinceMs });
    const sinceOpenMs = nowMs - showing.openedAtMs();
    const silence = { state: tile, source: proof.source(), limits: proof.limits(before.rung.kind), sinceOpenMs, nowMs };
    if (showing.take() === null || !shouldReopen(silence)) return;
    ladder.failed(faultOfSilence({ phase: before.phase, source: proof.source() }));
    reopenAfter(backOff());
  };
  const thrive = ({ nowMs, liveForMs }: { nowMs: number; liveForMs: number }): void => {
    if (liveForMs > settledMs) attempt = 0;
    // What plays while a better one fails says nothing about the better one.
    if (isSame(ladder.rung(), showing.take()?.rung) && ladder.lived(nowMs)) follow();
  };
  const hearFrame = (told: FrameEvidence): void => {
    if (!proof.frame(told)) return;
    if (showing.played()) store.setState({ phase: 'playing', isHeld: false });
    judge({ isTick: false });
  };
  const hearRefusal = (code: string): void => {
    if (code === beingDrawn.code) {
      // The wait for a connection has not begun: a tile that waits for its drawing is never "offline".
      proof.beginWait();
      store.setState({ phase: 'drawing' });
      return reopenAfter(beingDrawn.askAgainMs);
    }
    if (!isLasting(code)) return reopenAfter(backOff());
    proof.refuse(code);
    reopenAfter(askAgainMs);
    judge({ isTick: false });
  };
  /** Nothing of it is on glass from now on, so nothing is proven: an empty element never says that it is live. */
  const replace = (): void => {
    showing.replace();
    proof.forget();
    judge({ isTick: false });
  };
  const hear = (told: PlayerEvidence): void => {
    switch (told.kind) {
      case 'frame':
        return hearFrame(told);
      case 'pace':
        return proof.pace(told.frozenAfterMs);
      case 'source':
        proof.hears(told.source);
        return judge({ isTick: false });
      case 'phase':
        if (told.phase === 'gateway') proof.refuse(null);
        // Asking again is no news while the picture is being drawn.
        if (told.phase === 'grant' && store.getState().phase === 'drawing') return;
        return store.setState({ phase: told.phase });
      case 'refused':
        return hearRefusal(told.code);
      case 'ended':
        if (told.code === 'cameras.renditionChanged') return replace();
        ladder.failed(faultOfEnd({ code: told.code, phase: store.getState().phase }));
        return reopenAfter(backOff());
    }
  };
  /** Goes to the rung that the ladder names: beside what plays, where something plays. */
  const follow = (): void => {
    const to = ladder.rung();
    if (isSame(to, showing.take()?.rung)) {
      change.cancel();
      return store.setState({ reason: ladder.reason(), isLowered: ladder.isLowered() });
    }
    if (isSame(to, change.target())) return;
    if (showing.isPlaying()) change.begin(to);
    else if (showing.take() !== null) reopenAfter(0);
  };
  const holdAndReopen = (): true => {
    store.setState({ isHeld: true });
    reopenAfter(0);
    return true;
  };
  const change: RenditionSwitch = createRenditionSwitch({
    ...{ doubles: ports.doubles, rank: asked.rank, timers, prepare, onSingle: holdAndReopen },
    provenWithinMs: (to) => limitsOf[to.kind].connectWithinMs,
    start: (take) => take.open(rightsTo(take.rung)),
    isProof: (frame, to) => proof.isFit(frame, { from: showing.take()?.rung.kind, to: to.kind }),
    onProven: (take, frame) => {
      proof.switchedTo(frame);
      store.setState({ rung: take.rung, reason: ladder.reason(), isLowered: ladder.isLowered(), isHeld: false });
      showing.replaceBy(take);
      judge({ isTick: false });
    },
    onFailed: (fault) => {
      ladder.failed(fault);
      cancelFollow();
      cancelFollow = timers.afterMs(backOff(), follow);
    },
  });
  // A line that starves carries no two streams at once: the picture is held, not doubled.
  const leaveLine = ports.line.join({ rank: asked.rank, lower: () => ladder.starved() && holdAndReopen() });
  const stopTicking = ticker.subscribe(() => judge({ isTick: true }));
  showing.open();
  return {
    state: store,
    show: stage.show,
    setQuality: (next) => {
      ladder.want(next);
      follow();
    },
    close: () => {
      for (const end of [stopTicking, leaveLine, cancelFollow, change.cancel, showing.close, stage.clear]) end();
    },
  };
}

/** A picture of which nothing is there yet. */
function askedFor({ rung, tileOf, nowMs }: { rung: Rung; tileOf: (kind: PlayerKind) => TileState; nowMs: number }): PictureState {
  const nothing = { reason: null, isLowered: false, isHeld: false, liftedUntilMs: null };
  return { tile: tileOf(rung.kind), sinceMs: nowMs, phase: 'grant', rung, ...nothing };
}

/** Each right says whether the camera's masks are lifted. */
function toldOf(grants: GrantProvider, tell: (state: Pick<PictureState, 'liftedUntilMs'>) => void): GrantProvider {
  return async () => {
    const answer = await grants();
    if (answer.ok) tell({ liftedUntilMs: answer.value.liftedUntilMs ?? null });
    return answer;
  };
}

/** Whether new frames are on glass; those of an unmoving picture are all alike. */
function isMoving({ kind }: TileState): boolean {
  return kind === 'live' || kind === 'unmoving';
}

function isSame(a: Rung, b: Rung | null | undefined): boolean {
  return b != null && a.kind === b.kind && a.quality === b.quality;
}
