import { createHash } from 'node:crypto';
import type { KeyPicture } from './keyPicture.ts';

/**
 * Notices an encoder that sends the same picture for ever: three key pictures in a row with the very same slices, which no sensor can do,
 * because it has noise. Encoders number neighbouring key pictures by turns (`idr_pic_id` 0, 1, 0, 1), so the same also counts by turns.
 */
export type RepeatWatch = {
  /** Takes a key picture; answers since when it has been the same, null while pictures differ. */
  take(picture: Pick<KeyPicture, 'slices'>, arrivedAtMs: number): number | null;
};

const inARow = 3;

export function createRepeatWatch(): RepeatWatch {
  let last: readonly string[] = [];
  let sinceMs = 0;
  let same = 0;
  return {
    take({ slices }, arrivedAtMs) {
      const digest = digestOf(slices);
      const isSame = last.includes(digest);
      same = isSame ? same + 1 : 0;
      if (!isSame) sinceMs = arrivedAtMs;
      last = [digest, ...last].slice(0, 2);
      // By turns the first two differ: two more make sure that both have come again.
      return same >= (last[0] === last[1] ? inARow - 1 : inARow) ? sinceMs : null;
    },
  };
}

function digestOf(slices: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const slice of slices) hash.update(slice);
  return hash.digest('base64');
}
