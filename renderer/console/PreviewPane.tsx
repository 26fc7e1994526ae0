import type { Camera } from '#contract/cameras/index.ts';
import { CameraPicture, NoPicture, type PictureView, usePicture } from '../cameras/index.ts';
import { useRegionPath } from '../directory/index.ts';
import { useTexts } from '../language/index.ts';
import { useSize } from '../wall/index.ts';
import { CameraCard } from './CameraCard.tsx';
import { useDirectory } from './ConsoleContext.tsx';
import { NearbyCameras } from './NearbyCameras.tsx';
import classes from './PreviewPane.module.css';
import { useDragSource } from './useDragSource.ts';
import { useSelectedCamera } from './useSelectedCamera.ts';

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
  const pathOf = useRegionPath();
  const path = pathOf(useDirectory(), camera.regionId);
  const { ref, widthPx } = useSize<HTMLDivElement>();
  const dragSource = useDragSource<HTMLDivElement>({ kind: 'camera', cameraId: camera.id });
  const view = usePicture({ cameraId: camera.id, camera, widthPx, tile: 'console/preview', kind: 'push', priority: 'focused' });
  return (
    <>
      <nav className={classes.path}>
        {path.map((name, index) => (
          <span key={name} className={index === path.length - 1 ? classes.here : undefined}>
            {name}
          </span>
        ))}
      </nav>
      <div className={classes.stage} ref={ref}>
        <div className={classes.screen} ref={dragSource} data-testid="preview">
          <PreviewPicture camera={camera} view={view} widthPx={widthPx} />
        </div>
      </div>
      <CameraCard camera={camera} view={view} />
      <NearbyCameras camera={camera} />
    </>
  );
}

function PreviewPicture({ camera, view, widthPx }: { camera: Camera; view: PictureView | null; widthPx: number }) {
  const sizes = { placeName: '', widthPx, labelPx };
  if (camera.streams.length === 0) return <NoPicture {...sizes} camera={camera} code="cameras.notConnected" />;
  return view === null ? null : <CameraPicture {...sizes} camera={camera} view={view} />;
}
