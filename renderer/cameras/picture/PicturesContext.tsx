import { createContext, useContext, useEffect, useState } from 'react';
import type { StreamQuality } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { PlayerKind } from '../players/index.ts';
import type { Pictures } from './pictures.ts';
import type { PictureView } from './pictureView.ts';

const Context = createContext<Pictures | null>(null);

/** Hands the window's pictures to what is drawn inside. */
export const PicturesProvider = Context;

/** A picture that is open as long as the component stands; null until it is, and while `quality` is null (nothing to play). */
export function usePicture({
  cameraId,
  quality,
  tile,
  kind,
}: {
  cameraId: CameraId;
  quality: StreamQuality | null;
  tile: string;
  kind: PlayerKind;
}): PictureView | null {
  const pictures = useContext(Context);
  const [view, setView] = useState<PictureView | null>(null);
  const isPlayable = quality !== null;
  useEffect(() => {
    if (pictures === null || !isPlayable) return;
    const opened = pictures.open({ cameraId, quality, tile, kind });
    setView(opened);
    return () => {
      opened.close();
      setView(null);
    };
    // Another rendition is not another picture: it is switched below without losing what is shown.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [pictures, cameraId, isPlayable, tile, kind]);
  useEffect(() => {
    if (quality !== null) view?.setQuality(quality);
  }, [view, quality]);
  return view;
}
