import { createContext, useContext, useEffect, useRef, useState } from 'react';
import type { Camera, Purpose, StreamQuality, ViewPriority } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { PlayerKind } from '../players/index.ts';
import type { Pictures } from './pictures.ts';
import type { PictureView } from './pictureView.ts';
import { createSteadyRendition, type SteadyRendition } from './rendition.ts';

const Context = createContext<Pictures | null>(null);

/** Hands the window's pictures to what is drawn inside. */
export const PicturesProvider = Context;

const noStreams: Pick<Camera, 'streams' | 'players'> = { streams: [] };

/**
 * A picture that is open as long as the component stands, in the rendition that fills `widthPx` (CSS pixels); null until it is, and while
 * there is nothing to play: the camera is not known yet, has no streams, or has no width.
 */
export function usePicture({
  cameraId,
  camera,
  widthPx,
  tile,
  kind,
  priority = 'usual',
  purpose,
}: {
  cameraId: CameraId;
  camera: Camera | null | undefined;
  widthPx: number;
  tile: string;
  kind: PlayerKind;
  /** Another priority is no other picture. */
  priority?: ViewPriority;
  /** Another purpose is another look: it is asked for and recorded anew. */
  purpose: Purpose;
}): PictureView | null {
  const pictures = useContext(Context);
  const [view, setView] = useState<PictureView | null>(null);
  const quality = useRendition({ pictures, streams: camera?.streams ?? noStreams.streams, widthPx });
  const rankNow = useRef(priority);
  useEffect(() => {
    rankNow.current = priority;
  }, [priority]);
  const known = useRef<Pick<Camera, 'streams' | 'players'>>(camera ?? noStreams);
  useEffect(() => {
    known.current = camera ?? noStreams;
  }, [camera]);
  const isPlayable = quality !== null;
  const why = JSON.stringify(purpose);
  useEffect(() => {
    if (pictures === null || !isPlayable) return;
    const opened = pictures.open({
      cameraId,
      camera: () => known.current,
      quality,
      tile,
      kind,
      priority: () => rankNow.current,
      purpose: JSON.parse(why) as Purpose,
    });
    setView(opened);
    return () => {
      opened.close();
      setView(null);
    };
    // Another rendition is not another picture: it is switched below without losing what is shown.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [pictures, cameraId, isPlayable, tile, kind, why]);
  useEffect(() => {
    if (quality !== null) view?.setQuality(quality);
  }, [view, quality]);
  return view;
}

function useRendition({
  pictures,
  streams,
  widthPx,
}: {
  pictures: Pictures | null;
  streams: Camera['streams'];
  widthPx: number;
}): StreamQuality | null {
  const [quality, setQuality] = useState<StreamQuality | null>(null);
  const steady = useRef<SteadyRendition | null>(null);
  useEffect(() => {
    if (pictures === null) return;
    const made = createSteadyRendition({ timers: pictures.timers, onQuality: setQuality });
    steady.current = made;
    return () => made.stop();
  }, [pictures]);
  useEffect(() => {
    if (widthPx > 0) steady.current?.follow({ streams, widthDevicePx: widthPx * devicePixelRatio });
  }, [pictures, streams, widthPx]);
  return quality;
}
