import { useTexts } from '../language/index.ts';
import { usePlatformTime } from '../room/index.ts';
import { usePositions } from './PositionsContext.tsx';
import classes from './RespondersCount.module.css';

/** How many responders there are, report and are silent: looked at once a second, drawn when a number changes. Nothing while nobody may be followed. */
export function RespondersCount() {
  const { t, number } = useTexts();
  const positions = usePositions();
  // One text, so that React draws only what differs.
  const shown = usePlatformTime((nowMs) => Object.values(positions.counts(Math.floor(nowMs / 1000) * 1000)).join('/'));
  const [count = 0, reporting = 0, stale = 0, unheard = 0] = shown.split('/').map(Number);
  if (count === 0) return null;
  return (
    <span data-responders={shown} title={t('responders:count.says')}>
      <span className={classes.soft}>{t('responders:count.name')}</span> <strong>{number(count)}</strong>
      <span className={classes.soft}>
        {' · '}
        {t('responders:count.reporting', { shown: number(reporting) })}
        {stale > 0 && ` · ${t('responders:count.stale', { shown: number(stale) })}`}
        {unheard > 0 && ` · ${t('responders:count.unheard', { shown: number(unheard) })}`}
      </span>
    </span>
  );
}
