import { useTexts } from '../language/index.ts';
import { useMapDesk, useMapState } from './MapContext.tsx';
import { MapKey } from './MapKey.tsx';
import classes from './MapSwitches.module.css';
import { layerNames } from './mapState.ts';

/** Layers to switch, each with its key. */
export function MapSwitches() {
  const { t } = useTexts();
  const desk = useMapDesk();
  const shown = useMapState((state) => state.shown);
  return (
    <div className={classes.switches} role="group" aria-label={t('map:layer.title')}>
      {layerNames.map((name, index) => (
        <MapKey key={name} words={t(`map:layer.${name}`)} hint={`${index + 1}`} isPressed={shown[name]} onPress={() => desk.toggle(name)} />
      ))}
    </div>
  );
}
