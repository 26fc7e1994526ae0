import { useTexts } from '../language/index.ts';
import { useMapState } from './MapContext.tsx';
import classes from './MapLegend.module.css';

/** What the signs on the map mean: those that are on it now, and no others. */
export function MapLegend() {
  const { t, number } = useTexts();
  const shown = useMapState((state) => state.shown);
  const level = useMapState((state) => state.level);
  const loads = useMapState((state) => state.loads);
  const refused = useMapState((state) => state.refused.length);
  const rows: { sign: string; text: string }[] = [];
  if (shown.areas && level !== null) {
    if (loads.late > 0) rows.push({ sign: 'late', text: t('map:legend.late', { count: number(loads.late) }) });
    if (loads.nearlyLate > 0) rows.push({ sign: 'nearlyLate', text: t('map:legend.nearlyLate', { count: number(loads.nearlyLate) }) });
    if (loads.open > 0) rows.push({ sign: 'load', text: t('map:legend.load', { count: number(loads.open) }) });
    rows.push({ sign: 'none', text: t(`map:legend.none.${level}`) });
    if (loads.silent > 0) rows.push({ sign: 'silent', text: t('map:legend.silent', { count: number(loads.silent) }) });
  }
  if (shown.incidents && loads.open > 0) rows.push({ sign: 'incident', text: t('map:legend.incident') });
  if (shown.cameras) rows.push({ sign: 'camera', text: t('map:legend.camera') });
  if (shown.responders) rows.push({ sign: 'fresh', text: t('map:legend.responder') });
  if (shown.centers) rows.push({ sign: 'center', text: t('map:legend.center') });
  return (
    <div className={classes.legend}>
      {rows.map(({ sign, text }) => (
        <div key={sign} className={classes.row}>
          <span className={classes.sign} data-sign={sign} aria-hidden="true" />
          {text}
        </div>
      ))}
      {refused > 0 && <div className={classes.refused}>{t('map:outline.refused', { count: number(refused) })}</div>}
    </div>
  );
}
