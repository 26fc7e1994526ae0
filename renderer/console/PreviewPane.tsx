import { useRef } from 'react';
import type { Camera } from '#contract/cameras/index.ts';
import { CameraPicture, NoPicture, type PictureView, usePicture, type Zoom } from '../cameras/index.ts';
import { useRegionPath } from '../directory/index.ts';
import { useTexts } from '../language/index.ts';
import { useSize } from '../wall/index.ts';
import { CameraCard } from './CameraCard.tsx';
import { useConsoleState, useDirectory } from './ConsoleContext.tsx';
import { previewFocusId } from './keys.ts';
import { NearbyCameras } from './NearbyCameras.tsx';
import classes from './PreviewPane.module.css';
import { ProbeRemarks } from './ProbeLine.tsx';
import { PurposePicker } from './PurposePicker.tsx';
import { SteerPad } from './SteerPad.tsx';
import { useDragSource } from './useDragSource.ts';
import { useProbe } from './useProbe.ts';
import { useSelectedCamera } from './useSelectedCamera.ts';
import { type Lift, useLift } from './useLift.ts';
import { useLowScreen } from './useLowScreen.ts';
import { useZoom } from './useZoom.ts';
import { ZoomBar } from './ZoomBar.tsx';

/** Middle pane: the camera the operator looks at, live and large, and what is known of it. */
export function PreviewPane() {
  const { t } = useTexts();
  const camera = useSelectedCamera();
  return (
    <section className={classes.pane} aria-label={t('console:preview.title')}>
      {camera === null ? (
        <p className={classes.empty}>{t('console:preview.empty')}</p>
      ) : (
        // Another camera is another picture: nothing of the last one may be carried over.
        <SelectedCamera key={camera.id} camera={camera} />
      )}
    </section>
  );
}

const labelPx = 20;

function SelectedCamera({ camera }: { camera: Camera }) {
  const lift = useLift(camera);
  // Without its mask it is another picture: asked for and recorded anew.
  return <LookedAt key={lift?.state.kind === 'lifted' ? 'lifted' : 'usual'} camera={camera} lift={lift} />;
}

function LookedAt({ camera, lift }: { camera: Camera; lift: Lift | null }) {
  const { t } = useTexts();
  const pathOf = useRegionPath();
  const path = pathOf(useDirectory(), camera.regionId);
  const { ref, widthPx } = useSize<HTMLDivElement>();
  const screen = useRef<HTMLDivElement>(null);
  const { zoom, setZoom, onKeyDown } = useZoom(screen);
  // What is zoomed is moved by the hand that would otherwise carry it to the Wall.
  useDragSource(zoom.scale > 1 ? null : { kind: 'camera', cameraId: camera.id }, screen);
  const purpose = useConsoleState((state) => state.purpose);
  const asked = { tile: 'console/preview', kind: 'push', priority: 'focused', purpose } as const;
  const view = usePicture({ cameraId: camera.id, camera, widthPx, ...asked });
  const isLow = useLowScreen();
  const probing = useProbe(camera.id);
  return (
    <>
      <nav className={classes.path}>
        {path.map((name, index) => (
          <span key={name} className={index === path.length - 1 ? classes.here : undefined}>
            {name}
          </span>
        ))}
        <div className={classes.purpose}>
          <PurposePicker />
        </div>
      </nav>
      <div className={classes.left}>
        <div className={classes.stage} ref={ref}>
          <div
            ref={screen}
            id={previewFocusId}
            className={classes.screen}
            data-testid="preview"
            data-zoomed={zoom.scale > 1}
            role="group"
            aria-label={t('console:preview.screen')}
            tabIndex={0}
            onKeyDown={onKeyDown}
          >
            <PreviewPicture camera={camera} view={view} widthPx={widthPx} zoom={zoom} />
            {camera.steering !== undefined && <SteerPad camera={camera} />}
            <ZoomBar camera={camera} zoom={zoom} setZoom={setZoom} />
          </div>
        </div>
        {isLow && camera.streams.length > 0 && (
          <div className={classes.under}>
            <ProbeRemarks probing={probing} />
          </div>
        )}
      </div>
      <div className={classes.side}>
        <CameraCard camera={camera} view={view} lift={lift} probing={probing} remarks={isLow ? 'elsewhere' : 'within'} />
        <NearbyCameras camera={camera} />
      </div>
    </>
  );
}

type Shown = { readonly camera: Camera; readonly view: PictureView | null; readonly widthPx: number; readonly zoom: Zoom };

function PreviewPicture({ camera, view, widthPx, zoom }: Shown) {
  const sizes = { placeName: '', widthPx, labelPx };
  if (camera.streams.length === 0) return <NoPicture {...sizes} camera={camera} code="cameras.notConnected" />;
  return view === null ? null : <CameraPicture {...sizes} camera={camera} view={view} zoom={zoom} />;
}
