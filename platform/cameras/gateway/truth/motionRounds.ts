import type { Timers } from '#contract/values/index.ts';
import { createDeadline } from '../deadline.ts';
import type { SourceFragment, SourceInit } from '../source/pictures.ts';
import type { DecodeGrey } from './greyDecoder.ts';
import { keyPictureIn, parameterSetsIn } from './keyPicture.ts';

/** A source as the rounds see it: it gives its newest key picture and takes the small grey one. */
export type Watched = {
  newestKey(): { readonly init: SourceInit; readonly fragment: SourceFragment } | null;
  takeGrey(grey: Uint8Array, arrivedAtMs: number): void;
};

// What one process decodes: beyond it the next one goes on. The pictures are the sources' own, held anyway.
const mostPictures = 64;

/** Looks at one key picture of each source every `everyMs`, one small process at a time for all of them. */
export function startMotionRounds({
  everyMs,
  timers,
  decode,
  watched,
}: {
  everyMs: number;
  timers: Timers;
  decode: DecodeGrey;
  watched: () => readonly Watched[];
}): { stop(): void } {
  const next = createDeadline(timers);
  let isStopped = false;

  const look = async (batch: readonly { readonly source: Watched; readonly key: NonNullable<ReturnType<Watched['newestKey']>> }[]) => {
    const greys = await decode(batch.map(({ key: { init, fragment } }) => decodableUnits(init.bytes, fragment.bytes)));
    if (isStopped) return;
    for (const [at, { source, key }] of batch.entries()) {
      const grey = greys[at];
      if (grey != null) source.takeGrey(grey, key.fragment.arrivedAtMs);
    }
  };
  const round = async () => {
    const keys = watched().flatMap((source) => {
      const key = source.newestKey();
      return key === null ? [] : [{ source, key }];
    });
    for (let at = 0; at < keys.length && !isStopped; at += mostPictures) await look(keys.slice(at, at + mostPictures));
  };
  const roundLater = () =>
    next.set(everyMs, () => {
      // A round that failed is one look less: the next one comes anyway.
      void round()
        .catch(() => {})
        .finally(() => {
          if (!isStopped) roundLater();
        });
    });
  roundLater();
  return {
    stop() {
      isStopped = true;
      next.clear();
    },
  };
}

function decodableUnits(init: Uint8Array, fragment: Uint8Array): readonly Uint8Array[] {
  return [...parameterSetsIn(init), ...(keyPictureIn(fragment)?.units ?? [])];
}
