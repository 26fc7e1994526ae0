import type { Ref } from 'react';
import { useStore } from 'zustand';
import { asksForWatermark, type Camera, type TileState } from '#contract/cameras/index.ts';
import { useTexts } from '../language/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import { type FrameLabel, TileFrame } from '../wall/index.ts';
import type { PictureView } from './picture/pictureView.ts';
import { Picture } from './picture/Picture.tsx';
import { stateLook, type TileWords, tileWords } from './tileWords.ts';
import { noZoom, type Zoom, zoomStyle, zoomText } from './zoom.ts';
import { Watermark } from './Watermark.tsx';
import classes from './CameraPicture.module.css';

type Sizes = { readonly placeName: string; readonly widthPx: number; readonly labelPx: number };

/** A camera's open picture in its frame: with what is proven of it in words, shape and treatment. */
export function CameraPicture({
  camera,
  view,
  placeName,
  widthPx,
  labelPx,
  zoom = noZoom,
  pictureRef,
}: Sizes & { camera: Camera; view: PictureView; zoom?: Zoom; pictureRef?: Ref<HTMLDivElement> }) {
  const texts = useTexts();
  const kind = useStore(view.state, ({ tile }) => tile.kind);
  const code = useStore(view.state, ({ tile }) => (tile.kind === 'refused' ? tile.code : null));
  const isDrawing = useStore(view.state, ({ tile, phase }) => tile.kind === 'connecting' && phase === 'drawing');
  // Whose screen shows what is usually masked is told by the picture itself, whatever class the camera is of.
  const isLifted = useStore(view.state, ({ liftedUntilMs }) => liftedUntilMs !== null);
  const condition = useRoom(({ cameras }) => cameras.get(camera.id));
  // Drawn again only when its words change, not at every tick.
  const said = usePlatformTime((nowMs) => JSON.stringify(tileWords({ ...view.state.getState(), camera, condition, nowMs, speech: texts })));
  const shownCode = isDrawing ? 'cameras.beingDrawn' : code;
  const label = useFrameLabel({ camera, kind, code: shownCode, placeName, words: JSON.parse(said) as TileWords });
  return (
    <TileFrame label={{ ...label, zoom: zoomText(zoom) }} treatment={stateLook[kind].treatment} widthPx={widthPx} labelPx={labelPx}>
      <div ref={pictureRef} className={classes.picture} style={zoomStyle(zoom)}>
        <Picture view={view} />
      </div>
      {(asksForWatermark(camera.cameraClass) || isLifted) && <Watermark widthPx={widthPx} labelPx={labelPx} />}
    </TileFrame>
  );
}

/** The frame of a camera that cannot have a picture here, and why. */
export function NoPicture({ camera, code, placeName, widthPx, labelPx }: Sizes & { camera: Camera | null; code: string }) {
  const { refusal } = useTexts();
  const label = useFrameLabel({ camera, kind: 'refused', code, placeName, words: { badge: [], lines: [[refusal({ code })]] } });
  return (
    <TileFrame label={label} treatment="hidden" widthPx={widthPx} labelPx={labelPx}>
      {null}
    </TileFrame>
  );
}

function useFrameLabel({
  camera,
  kind,
  code,
  placeName,
  words,
}: {
  camera: Camera | null;
  kind: TileState['kind'];
  code: string | null;
  placeName: string;
  words: TileWords;
}): FrameLabel {
  const { t, nameOf } = useTexts();
  // A masked camera is as it should be: nothing is wrong with it.
  const isMasked = code === 'cameras.masked';
  const { shape, tone } = isMasked ? ({ shape: 'half', tone: 'quiet' } as const) : stateLook[kind];
  return {
    place: placeName,
    number: camera?.number ?? '',
    name: camera === null ? '' : nameOf(camera),
    state: isMasked ? t('cameras:tile.masked') : t(code === 'cameras.beingDrawn' ? 'cameras:waiting.drawing' : `cameras:state.${kind}`),
    shape,
    tone,
    ...words,
  };
}
