import type { UnmovingWhy } from '#contract/cameras/index.ts';
import { keyPictureIn } from './keyPicture.ts';
import { createRepeatWatch } from './repeatWatch.ts';
import { createStillWatch } from './stillWatch.ts';

/** Since when a picture has been the same, and how that is known. */
export type Unmoving = { readonly sinceMs: number; readonly why: UnmovingWhy };

/** Watches one source for a picture that stays the same. It goes on over restarts: a stuck camera is started again as stuck as it was. */
export type MotionWatch = {
  takeKey(fragment: Uint8Array, arrivedAtMs: number): void;
  takeGrey(grey: Uint8Array, arrivedAtMs: number): void;
  /** Null while it moves, or too little is known. */
  unmoving(): Unmoving | null;
};

export function createMotionWatch({ stillAfterMs, onChange }: { stillAfterMs: number; onChange: () => void }): MotionWatch {
  const repeats = createRepeatWatch();
  const stills = createStillWatch({ stillAfterMs });
  let repeatedSinceMs: number | null = null;
  let stillSinceMs: number | null = null;
  const tellAfter = (learn: () => void) => {
    const before = unmoving();
    learn();
    const after = unmoving();
    if (before?.sinceMs !== after?.sinceMs || before?.why !== after?.why) onChange();
  };
  const unmoving = (): Unmoving | null => {
    if (repeatedSinceMs !== null) return { sinceMs: repeatedSinceMs, why: 'repeated' };
    return stillSinceMs === null ? null : { sinceMs: stillSinceMs, why: 'still' };
  };
  return {
    takeKey(fragment, arrivedAtMs) {
      const picture = keyPictureIn(fragment);
      if (picture === null) return;
      tellAfter(() => {
        repeatedSinceMs = repeats.take(picture, arrivedAtMs);
      });
    },
    takeGrey: (grey, arrivedAtMs) =>
      tellAfter(() => {
        stillSinceMs = stills.take(grey, arrivedAtMs);
      }),
    unmoving,
  };
}
