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
  /** A frame was drawn. */
  drawn(): void;
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
// Frames that lie further apart were drawn for two different reasons and say nothing of how long one takes.
const apartMs = 250;
// A step up that had to be taken back is not tried again for so many times as many frames, doubling.
const mostPatience = 64;

/** All that there is to draw. */
export const fullDetail: MapDetail = steps[0];

/** Makes it; everything is drawn until frames say otherwise. */
export function createGovernor({ elapsedMs, budgetMs, onDetail }: Options): Governor {
  let step = 0;
  let lastMs: number | null = null;
  let [slow, quick, patience, isTrying] = [0, 0, 1, false];
  const change = (to: number) => {
    step = to;
    [slow, quick] = [0, 0];
    onDetail(steps[step] ?? fullDetail);
  };
  return {
    detail: () => steps[step] ?? fullDetail,
    drawn: () => {
      const nowMs = elapsedMs();
      const tookMs = lastMs === null ? null : nowMs - lastMs;
      lastMs = nowMs;
      if (tookMs === null || tookMs > apartMs) {
        slow = 0;
        return;
      }
      if (tookMs > budgetMs) {
        slow += 1;
        quick = 0;
        if (slow < slowFrames || step === steps.length - 1) return;
        if (isTrying) patience = Math.min(mostPatience, patience * 2);
        isTrying = false;
        change(step + 1);
        return;
      }
      slow = 0;
      quick += 1;
      if (step === 0 || quick < quickFrames * patience) return;
      isTrying = true;
      change(step - 1);
    },
  };
}
