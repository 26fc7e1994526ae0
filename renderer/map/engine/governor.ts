import type { Timers } from '#contract/values/index.ts';

/** What of a map is drawn while frames take too long. */
export type MapDetail = {
  /** Share of the display's own device pixels per CSS pixel. */
  readonly ratioShare: 1 | 0.75 | 0.5;
  /** `plain`: without the shading of hills and without houses. */
  readonly land: 'full' | 'plain';
  /** The rings that say how old a place is; without them an old one is hollow still. */
  readonly ages: 'rings' | 'none';
};

/**
 * Holds the map to a frame budget by drawing less while it moves, and all of it again when it rests: then there is time for one long frame, and the
 * land is kept after it. Only where what comes each second takes too long as well, less is drawn at rest too.
 */
export type Governor = {
  /** The view moved just now. */
  moved(): void;
  /** A frame took so long, ms, until the page could draw the next one (`timeFrames`). */
  drawn(tookMs: number): void;
  /** What is drawn now. */
  detail(): MapDetail;
  /** What is drawn when it rests. */
  detailAtRest(): MapDetail;
  close(): void;
};

type Options = {
  readonly timers: Pick<Timers, 'afterMs'>;
  /** A clock that only runs forward, ms. */
  readonly elapsedMs: () => number;
  /** What a frame may take while the map moves. */
  readonly budgetMs: number;
  /** What is drawn, or what is drawn at rest, is another now. */
  readonly onDetail: () => void;
};

// What only looks good goes first, then pixels (names stay sharp longest), then what says something that is said otherwise too. On walls the limit is
// pixels, not points: half of them in each direction are a quarter of the work, and still a map.
const steps = [
  { ratioShare: 1, land: 'full', ages: 'rings' },
  { ratioShare: 1, land: 'plain', ages: 'rings' },
  { ratioShare: 0.75, land: 'plain', ages: 'rings' },
  { ratioShare: 0.75, land: 'plain', ages: 'none' },
  { ratioShare: 0.5, land: 'plain', ages: 'none' },
] as const satisfies readonly MapDetail[];
// So many frames in a row decide: one slow one is a tile that came, or somebody else's.
const slowFrames = 6;
const quickFrames = { moving: 90, resting: 20 } as const;
// On a map that rests nobody sees a second's news stumble, and only a frame that takes as long as people notice is too slow.
const restingBudgetMs = 250;
// A view that stood for so long rests: longer than one waits between two turns of the wheel.
const restsAfterMs = 700;
// A step up that had to be taken back is not tried again for so many times as many frames, doubling.
const mostPatience = 64;

/** All that there is to draw. */
export const fullDetail: MapDetail = steps[0];

// Frames that follow each other on a map that rests are tiles of the land that come: they come once, and decide nothing.
const apartMs = 400;

/** Makes it; everything is drawn until frames say otherwise. */
export function createGovernor({ timers, elapsedMs, budgetMs, onDetail }: Options): Governor {
  const moving = createLadder({ slowMs: budgetMs, quickMs: budgetMs, quickFrames: quickFrames.moving, onStep: onDetail });
  const resting = createLadder({
    slowMs: restingBudgetMs,
    quickMs: restingBudgetMs / 2,
    quickFrames: quickFrames.resting,
    onStep: onDetail,
  });
  let stopWaiting: (() => void) | null = null;
  let lastMs = Number.NEGATIVE_INFINITY;
  const ladder = () => (stopWaiting === null ? resting : moving);
  return {
    detail: () => ladder().detail(),
    detailAtRest: resting.detail,
    drawn: (tookMs) => {
      const nowMs = elapsedMs();
      const isApart = nowMs - tookMs - lastMs > apartMs;
      lastMs = nowMs;
      if (stopWaiting !== null || isApart) ladder().drawn(tookMs);
    },
    moved: () => {
      const isFirst = stopWaiting === null;
      stopWaiting?.();
      stopWaiting = timers.afterMs(restsAfterMs, () => {
        stopWaiting = null;
        onDetail();
      });
      if (isFirst) onDetail();
    },
    close: () => {
      stopWaiting?.();
      stopWaiting = null;
    },
  };
}

type Ladder = { detail(): MapDetail; drawn(tookMs: number): void };

type LadderOptions = {
  /** A frame over this is too slow; one that is not over `quickMs` leaves time for more. */
  readonly slowMs: number;
  readonly quickMs: number;
  readonly quickFrames: number;
  readonly onStep: () => void;
};

function createLadder({ slowMs, quickMs, quickFrames: neededFrames, onStep }: LadderOptions): Ladder {
  let step = 0;
  let [slow, quick, patience, isTrying] = [0, 0, 1, false];
  const change = (to: number) => {
    step = to;
    [slow, quick] = [0, 0];
    onStep();
  };
  return {
    detail: () => steps[step] ?? fullDetail,
    drawn: (tookMs) => {
      if (tookMs > slowMs) {
        slow += 1;
        quick = 0;
        if (slow < slowFrames || step === steps.length - 1) return;
        if (isTrying) patience = Math.min(mostPatience, patience * 2);
        isTrying = false;
        change(step + 1);
        return;
      }
      slow = 0;
      if (tookMs > quickMs) return;
      quick += 1;
      if (step === 0 || quick < neededFrames * patience) return;
      isTrying = true;
      change(step - 1);
    },
  };
}

/**
 * Tells how long each frame takes, ms: from one that was drawn until the page may draw again. A graphics process that is behind holds that back, however long, and a frame that nobody follows up says it as well as
 * one of many. Of frames that come before the page may draw again, the first counts. Returns what ends it.
 */
export function timeFrames({
  onFrame,
  page,
  elapsedMs,
  tell,
}: {
  readonly onFrame: (listener: () => void) => () => void;
  readonly page: Pick<Window, 'requestAnimationFrame' | 'cancelAnimationFrame'>;
  /** A clock that only runs forward, ms. */
  readonly elapsedMs: () => number;
  readonly tell: (tookMs: number) => void;
}): () => void {
  let asked: number | null = null;
  const stop = onFrame(() => {
    if (asked !== null) return;
    const drawnMs = elapsedMs();
    asked = page.requestAnimationFrame(() => {
      asked = null;
      tell(elapsedMs() - drawnMs);
    });
  });
  return () => {
    stop();
    if (asked !== null) page.cancelAnimationFrame(asked);
  };
}
