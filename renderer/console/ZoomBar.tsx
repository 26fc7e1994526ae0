import { UnstyledButton } from '@mantine/core';
import type { Camera } from '#contract/cameras/index.ts';
import { shownTiles } from '#contract/wall/index.ts';
import { cameraOf, noZoom, type Zoom, zoomOf, zoomText } from '../cameras/index.ts';
import { useTexts } from '../language/index.ts';
import { useRoom } from '../room/index.ts';
import { byNumber, placeName } from '../wall/index.ts';
import { useConsole } from './ConsoleContext.tsx';
import classes from './ZoomBar.module.css';

/** How far the preview is zoomed, the way back, and the tiles of the Wall that can show the same part. */
export function ZoomBar({ camera, zoom, setZoom }: { camera: Camera; zoom: Zoom; setZoom: (zoom: Zoom) => void }) {
  const { t } = useTexts();
  const { view } = useConsole();
  const wall = useRoom((room) => room.wall);
  const places = byNumber(wall.displays).flatMap((scene) =>
    shownTiles(scene).flatMap((tile, cell) => {
      if (cameraOf(tile) !== camera.id) return [];
      const isSame = JSON.stringify(zoomOf(tile)) === JSON.stringify(zoom);
      return [{ place: { displayKey: scene.displayKey, cell }, name: placeName({ number: scene.number, cell }), isSame }];
    }),
  );
  const others = places.filter(({ isSame }) => !isSame);
  if (zoom.scale === 1 && others.length === 0) return null;
  return (
    <div className={classes.bar} onPointerDown={(event) => event.stopPropagation()}>
      {zoom.scale > 1 && (
        <UnstyledButton className={classes.button} onClick={() => setZoom(noZoom)}>
          <span>{zoomText(zoom)}</span> {t('console:zoom.whole')} <kbd>0</kbd>
        </UnstyledButton>
      )}
      {others.map(({ place, name }) => (
        <UnstyledButton key={name} className={classes.button} onClick={() => view.zoomTile(place, zoom)}>
          {t(zoom.scale > 1 ? 'console:zoom.apply' : 'console:zoom.applyWhole', { place: name })}
        </UnstyledButton>
      ))}
    </div>
  );
}
