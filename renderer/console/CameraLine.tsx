import type { Camera } from '#contract/cameras/index.ts';
import { shownTiles } from '#contract/wall/index.ts';
import { isConnected } from '../directory/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { useRoom } from '../room/index.ts';
import { cameraOf } from '../cameras/index.ts';
import { placeName } from '../wall/index.ts';
import { useMarkedCameras } from './useMarkedCameras.ts';
import classes from './CameraLine.module.css';
import { useDragSource } from './useDragSource.ts';

/** A camera's line in the tree: can be dragged to the Wall, shows whether it has pictures, trouble, and where it is on the Wall. */
export function CameraLine({ camera }: { camera: Camera }) {
  const { t, nameOf } = useTexts();
  const marked = useMarkedCameras();
  const isTogether = marked.length > 1 && marked.includes(camera.id);
  const line = useDragSource<HTMLSpanElement>(
    isTogether ? { kind: 'cameras', cameraIds: marked } : { kind: 'camera', cameraId: camera.id },
  );
  const condition = useRoom(({ cameras }) => cameras.get(camera.id));
  const places = useRoom(({ wall }) =>
    wall.displays
      .flatMap((scene) =>
        shownTiles(scene).flatMap((tile, cell) => (cameraOf(tile) === camera.id ? [placeName({ number: scene.number, cell })] : [])),
      )
      .join(' '),
  );
  const connected = isConnected(camera);
  return (
    <span ref={line} className={classes.line} data-connected={connected} data-camera={camera.id}>
      <span className={classes.number}>{camera.number}</span>
      <span className={classes.name}>{nameOf(camera)}</span>
      {condition?.source.kind === 'lost' && (
        <span className={classes.lost} title={t('console:camera.sourceLost')}>
          <Shape name="cross" />
        </span>
      )}
      {condition?.source.kind === 'unmoving' && (
        <span className={classes.lost} title={t('console:health.state.unmoving')}>
          <Shape name="bar" />
        </span>
      )}
      {condition?.flapping != null && (
        <span className={classes.lost} title={t('console:health.state.flapping')}>
          <Shape name="triangle" />
        </span>
      )}
      {condition?.fault != null && (
        <span className={classes.fault} title={t(`console:fault.${condition.fault.kind}`)}>
          <Shape name="diamond" />
        </span>
      )}
      {places !== '' && <span className={classes.places}>{places}</span>}
      <span className={classes.connection} title={t(connected ? 'console:camera.connected' : 'console:camera.notConnected')}>
        {connected && <Shape name="dot" />}
      </span>
    </span>
  );
}
