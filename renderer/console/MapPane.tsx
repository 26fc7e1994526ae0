import { useEffect } from 'react';
import { useTexts } from '../language/index.ts';
import {
  DrawingBar,
  FollowBar,
  DrawingsLayer,
  MapGround,
  MapLegend,
  MapPath,
  MapSwitches,
  MapTip,
  onDrawingKey,
  SelectionSketch,
  useMapDesk,
  useMapState,
} from '../map/index.ts';
import { ChosenCard } from './ChosenCard.tsx';
import { useConsole, useDirectory } from './ConsoleContext.tsx';
import { mapFocusId } from './keys.ts';
import { MapCameraHandle } from './MapCameraHandle.tsx';
import { onMapKey } from './mapKeys.ts';
import { MapTools } from './MapTools.tsx';
import classes from './MapPane.module.css';
import { SelectionPanel } from './SelectionPanel.tsx';
import { useMapDrop } from './useMapDrop.ts';
import { usePickUp } from './usePickUp.ts';
import { useWallOffer } from './useWallOffer.ts';

/** Middle pane: the territory with its load, its cameras and its people; whatever is chosen on it has its card. */
export function MapPane() {
  const { t } = useTexts();
  const desk = useMapDesk();
  const { view } = useConsole();
  const directory = useDirectory();
  const attribution = useMapState((state) => state.attribution);
  const { language } = useTexts();
  const drop = useMapDrop(desk);
  const offers = useWallOffer();
  const pickUp = usePickUp();
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
      onKeyDownCapture={(event) => onDrawingKey(event, desk)}
      onKeyDown={(event) =>
        onMapKey(event, { desk, keys: { showBest: () => offers?.best.show(), showAll: () => offers?.all.show(), pickUp } })
      }
    >
      <MapGround />
      <MapCameraHandle />
      <MapTip directory={directory} />
      <DrawingsLayer />
      <SelectionSketch />
      <div className={classes.top}>
        <MapPath directory={directory} />
      </div>
      <div className={classes.right}>
        <MapTools />
        <MapSwitches />
      </div>
      <div className={classes.selection}>
        <SelectionPanel />
      </div>
      <div className={classes.draw}>
        <FollowBar />
        <DrawingBar />
      </div>
      <ChosenCard directory={directory} />
      <div className={classes.legend}>
        <MapLegend />
      </div>
      {attribution !== null && <div className={classes.attribution}>{attribution[language === 'en' ? 'en' : 'zh']}</div>}
    </section>
  );
}
