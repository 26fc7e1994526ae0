import { useEffect, useRef } from 'react';
import type { Camera } from '#contract/cameras/index.ts';
import { registerName, type TileGlass, type TileKind, type TileViewProps } from '../wall/index.ts';
import { useCamera } from './CameraBookContext.tsx';
import { CameraContent, lookOf, zoomOf } from './cameraContent.ts';
import { CameraPicture, NoPicture } from './CameraPicture.tsx';
import { CameraSummary } from './CameraSummary.tsx';
import type { PictureState, PictureView } from './picture/pictureView.ts';
import { usePicture } from './picture/PicturesContext.tsx';
import { takeThumbnail } from './takeThumbnail.ts';
import { noZoom } from './zoom.ts';

function CameraTileView(props: TileViewProps) {
  const content = CameraContent.safeParse(props.tile.content);
  return content.success ? (
    <KnownContent {...props} content={content.data} />
  ) : (
    <Unshown {...props} camera={null} code="cameras.badContent" />
  );
}

function KnownContent({ content, ...props }: TileViewProps & { content: CameraContent }) {
  const camera = useCamera(content.cameraId);
  const purpose = { kind: content.purpose, reference: content.reference };
  const view = usePicture({
    ...{ cameraId: content.cameraId, camera, widthPx: props.widthPx },
    ...{ tile: registerName(props.place), kind: content.player, purpose },
    // Somebody looks into it: of pictures that wait for the larger one it is the first.
    priority: content.zoom > 1 ? 'focused' : 'usual',
  });
  if (camera === null) return <Unshown {...props} camera={null} code="cameras.unknown" />;
  if (camera !== undefined && camera.streams.length === 0) return <Unshown {...props} camera={camera} code="cameras.notConnected" />;
  if (camera === undefined || view === null) return null;
  return <Shown {...props} camera={camera} view={view} />;
}

function Shown({ camera, view, onGlass, offerThumbnail, ...sizes }: TileViewProps & { camera: Camera; view: PictureView }) {
  const picture = useRef<HTMLDivElement>(null);
  useEffect(
    () => offerThumbnail((buffers) => takeThumbnail({ camera, host: picture.current, state: view.state.getState(), buffers })),
    [view, camera, offerThumbnail],
  );
  useEffect(() => {
    const tell = (state: PictureState) => onGlass(glassOf(camera, state));
    tell(view.state.getState());
    return view.state.subscribe(tell);
  }, [view, camera, onGlass]);
  return <CameraPicture {...sizes} camera={camera} view={view} zoom={zoomOf(sizes.tile) ?? noZoom} pictureRef={picture} />;
}

function Unshown({ camera, code, onGlass, ...sizes }: TileViewProps & { camera: Camera | null; code: string }) {
  const cameraId = camera?.id ?? null;
  useEffect(() => onGlass({ cameraId, state: 'refused', sinceMs: 0, lastPictureAtMs: null }), [cameraId, onGlass]);
  return <NoPicture {...sizes} camera={camera} code={code} />;
}

function glassOf(camera: Camera, { tile, sinceMs }: PictureState): TileGlass {
  const sinceOf = 'sinceMs' in tile ? tile.sinceMs : sinceMs;
  const lastPictureAtMs = 'pictureAtMs' in tile ? tile.pictureAtMs : 'lastPictureAtMs' in tile ? tile.lastPictureAtMs : null;
  return { cameraId: camera.id, state: tile.kind, sinceMs: Math.round(sinceOf), lastPictureAtMs };
}

/** The camera tile: one camera's picture on a Wall, with what is proven of it. */
export const cameraTile: TileKind = {
  kind: 'camera',
  View: CameraTileView,
  Summary: CameraSummary,
  hasThumbnail: true,
  ready: null,
  lookOf,
};
