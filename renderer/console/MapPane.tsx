import { type KeyboardEvent, useEffect } from 'react';
import { useTexts } from '../language/index.ts';
import { layerNames, MapCard, MapGround, MapLegend, MapPath, MapSwitches, useMapDesk, useMapState } from '../map/index.ts';
import { useConsole, useDirectory } from './ConsoleContext.tsx';
import { mapFocusId } from './keys.ts';
import { MapCameraHandle } from './MapCameraHandle.tsx';
import classes from './MapPane.module.css';
import { useMapDrop } from './useMapDrop.ts';

/** Middle pane: the territory with its load, its cameras and its people; whatever is chosen on it has its card. */
export function MapPane() {
  const { t } = useTexts();
  const desk = useMapDesk();
  const { view } = useConsole();
  const directory = useDirectory();
  const attribution = useMapState((state) => state.attribution);
  const { language } = useTexts();
  const drop = useMapDrop(desk);
  const chosen = useMapState((state) => state.chosen);
  useEffect(() => {
    if (chosen?.kind === 'camera') view.look(chosen.cameraId);
  }, [chosen, view]);
  return (
    <section
      ref={drop}
      id={mapFocusId}
      className={classes.pane}
      aria-label={t('map:pane.title')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it takes keys
      tabIndex={0}
      onKeyDown={(event) => onMapKey(event, desk)}
    >
      <MapGround />
      <MapCameraHandle />
      <div className={classes.top}>
        <MapPath directory={directory} />
      </div>
      <div className={classes.right}>
        <MapSwitches />
      </div>
      <div className={classes.card}>
        <MapCard directory={directory} />
      </div>
      <div className={classes.legend}>
        <MapLegend />
      </div>
      {attribution !== null && <div className={classes.attribution}>{attribution[language === 'en' ? 'en' : 'zh']}</div>}
    </section>
  );
}

/** Keys of the map while it has the focus; listed for people in HelpOverlay. */
function onMapKey(event: KeyboardEvent, desk: ReturnType<typeof useMapDesk>): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { chosen } = desk.store.getState();
  const layer = layerNames[Number(event.key) - 1];
  if (layer !== undefined) desk.toggle(layer);
  else if (event.key === 'Enter' && chosen?.kind === 'region' && !(event.target instanceof HTMLButtonElement)) desk.enter(chosen.regionId);
  else if (event.key === 'Backspace') desk.leave();
  else if (event.key === '+' || event.key === '=') desk.engine()?.zoomBy(1);
  else if (event.key === '-') desk.engine()?.zoomBy(-1);
  else if (!pan(event, desk)) return;
  event.preventDefault();
}

const panPx = 120;
const steps: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['ArrowLeft', [-panPx, 0]],
  ['ArrowRight', [panPx, 0]],
  ['ArrowUp', [0, -panPx]],
  ['ArrowDown', [0, panPx]],
]);

function pan(event: KeyboardEvent, desk: ReturnType<typeof useMapDesk>): boolean {
  const step = steps.get(event.key);
  if (step !== undefined) desk.engine()?.panBy(step);
  return step !== undefined;
}
