/** Holds the map to a frame budget by drawing fewer pixels while it moves, and more again when there is time. */
export type Governor = {
  /** A frame was drawn. */
  drawn(): void;
  /** Device pixels per CSS pixel that are drawn now. */
  ratio(): number;
};

type Options = {
  /** A clock that only runs forward, ms. */
  readonly elapsedMs: () => number;
  /** Device pixels per CSS pixel of the display. */
  readonly fullRatio: number;
  /** What a frame may take while the map moves. */
  readonly budgetMs: number;
  readonly onRatio: (ratio: number) => void;
};

// On walls the limit is pixels, not points: half of them in each direction are a quarter of the work, and still a map.
const shares = [1, 0.75, 0.5] as const;
// So many frames in a row decide: one slow one is a tile that came, or somebody else's.
const slowFrames = 6;
const quickFrames = 90;
// Frames that lie further apart were drawn for two different reasons and say nothing of how long one takes.
const apartMs = 250;
// A step up that had to be taken back is not tried again for so many times as many frames, doubling.
const mostPatience = 64;

/** Makes it; the display's own ratio is drawn until frames say otherwise. */
export function createGovernor({ elapsedMs, fullRatio, budgetMs, onRatio }: Options): Governor {
  let step = 0;
  let lastMs: number | null = null;
  let [slow, quick, patience, isTrying] = [0, 0, 1, false];
  const ratioOf = (at: number) => fullRatio * (shares[at] ?? 0.5);
  const change = (to: number) => {
    step = to;
    [slow, quick] = [0, 0];
    onRatio(ratioOf(step));
  };
  return {
    ratio: () => ratioOf(step),
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
        if (slow < slowFrames || step === shares.length - 1) return;
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
