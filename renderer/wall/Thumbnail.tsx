import { createContext, useContext, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { CameraId } from '#contract/values/index.ts';
import { thumbnailLimits } from '#contract/wall/index.ts';
import { useTexts } from '../language/index.ts';
import { usePlatformTime } from '../room/index.ts';
import type { Place } from './grid.ts';
import classes from './Thumbnail.module.css';
import { type ThumbnailSource, thumbnailOf } from './thumbnailSource.ts';

const Context = createContext<ThumbnailSource>({ store: createStore(() => new Map()) });

/** Hands the window's small pictures to what is drawn inside. */
export const ThumbnailsProvider = Context;

/** What a tile showed last, small; how old it is as soon as that matters, and hatched when it is not proven any more. */
export function Thumbnail({ place, cameraId, isProven }: { place: Place; cameraId: CameraId | null; isProven: boolean }) {
  const { duration } = useTexts();
  const canvas = useRef<HTMLCanvasElement>(null);
  const thumbnail = useStore(useContext(Context).store, (shown) => thumbnailOf(shown, { place, cameraId }));
  const age = usePlatformTime((nowMs) => {
    const ageMs = thumbnail === null ? 0 : nowMs - thumbnail.pictureAtMs;
    return ageMs > thumbnailLimits.staleAfterMs ? duration(ageMs) : '';
  });
  const bitmap = thumbnail?.bitmap ?? null;
  useEffect(() => {
    if (canvas.current === null || bitmap === null || bitmap.width === 0) return; // width 0: closed, a newer one is on its way
    canvas.current.width = bitmap.width;
    canvas.current.height = bitmap.height;
    canvas.current.getContext('2d')?.drawImage(bitmap, 0, 0);
  }, [bitmap]);
  if (thumbnail === null) return null;
  return (
    <div className={classes.thumbnail} data-testid="thumbnail" data-stale={!isProven || age !== ''}>
      <canvas ref={canvas} />
      {age !== '' && <span className={classes.age}>{age}</span>}
    </div>
  );
}
