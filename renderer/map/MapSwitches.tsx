import { useTexts } from '../language/index.ts';
import { useMapDesk, useMapState } from './MapContext.tsx';
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
        <button key={name} type="button" className={classes.switch} aria-pressed={shown[name]} onClick={() => desk.toggle(name)}>
          {t(`map:layer.${name}`)} <kbd>{index + 1}</kbd>
        </button>
      ))}
    </div>
  );
}
