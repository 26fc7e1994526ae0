/** What of a map is drawn while frames take too long. */
export type MapDetail = {
  /** Share of the display's own device pixels per CSS pixel. */
  readonly ratioShare: 1 | 0.75 | 0.5;
  /** `plain`: without the shading of hills and without houses. */
  readonly land: 'full' | 'plain';
  /** The rings that say how old a place is; without them an old one is hollow still. */
  readonly ages: 'rings' | 'none';
};

/** Holds the map to a frame budget by drawing less while it moves, and all of it again when there is time. */
export type Governor = {
  /** A frame took so long, ms, until the page could draw the next one (`timeFrames`). */
  drawn(tookMs: number): void;
  /** What is drawn now. */
  detail(): MapDetail;
};

type Options = {
  /** A clock that only runs forward, ms. */
  readonly elapsedMs: () => number;
  /** What a frame may take while the map moves. */
  readonly budgetMs: number;
  readonly onDetail: (detail: MapDetail) => void;
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
const quickFrames = 90;
// A map that rested for so long is not moving: nobody sees a second's news stumble, and only a frame that takes as long itself is too slow.
const restMs = 250;
// A step up that had to be taken back is not tried again for so many times as many frames, doubling.
const mostPatience = 64;

/** All that there is to draw. */
export const fullDetail: MapDetail = steps[0];

/** Makes it; everything is drawn until frames say otherwise. */
export function createGovernor({ elapsedMs, budgetMs, onDetail }: Options): Governor {
  let step = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  let [slow, quick, patience, isTrying] = [0, 0, 1, false];
  const change = (to: number) => {
    step = to;
    [slow, quick] = [0, 0];
    onDetail(steps[step] ?? fullDetail);
  };
  return {
    detail: () => steps[step] ?? fullDetail,
    drawn: (tookMs) => {
      const nowMs = elapsedMs();
      const isMoving = nowMs - tookMs - lastMs <= restMs;
      lastMs = nowMs;
      if (tookMs > (isMoving ? budgetMs : restMs)) {
        slow += 1;
        quick = 0;
        if (slow < slowFrames || step === steps.length - 1) return;
        if (isTrying) patience = Math.min(mostPatience, patience * 2);
        isTrying = false;
        change(step + 1);
        return;
      }
      slow = 0;
      if (tookMs > budgetMs) return;
      quick += 1;
      if (step === 0 || quick < quickFrames * patience) return;
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
