import { type IncidentSeverity, incidentSeverity, type OpenIncident } from '#contract/incidents/index.ts';
import { type DirectoryCopy, placeOfRegion } from '../directory/index.ts';
import { useTexts } from '../language/index.ts';
import { usePlatformTime } from '../room/index.ts';
import classes from './IncidentLine.module.css';
import { IncidentSign } from './IncidentSign.tsx';
import { usedShare } from './incidentRows.ts';

// As fine as the bar is wide: a clock that runs for days is not drawn twice a second.
const barSteps = 100;

/** One incident in a line: its sign, what it is, how much time it has left, where it lies, what it is called by. */
export function IncidentLine({ incident, directory }: { incident: OpenIncident; directory: DirectoryCopy | null }) {
  const { t, nameOf, duration } = useTexts();
  const severity: IncidentSeverity = usePlatformTime((nowMs) => incidentSeverity(incident, nowMs));
  const isLate = usePlatformTime((nowMs) => nowMs >= incident.dueAtMs);
  const left = usePlatformTime((nowMs) => duration(Math.abs(incident.dueAtMs - nowMs)));
  const used = usePlatformTime((nowMs) => Math.round(usedShare(incident, nowMs) * barSteps));
  const names = placeOfRegion(directory, incident.regionId).map(nameOf);
  return (
    <div className={classes.line} data-severity={severity}>
      <IncidentSign severity={severity} />
      <strong className={classes.name}>
        {t(`map:incidentKind.${incident.kind}`, { defaultValue: incident.kind })}
        <span className={classes.urgency}>{t(`map:urgency.${incident.urgency}`)}</span>
      </strong>
      <span className={classes.left} data-late={isLate}>
        {t(isLate ? 'map:card.overdue' : 'map:card.left', { by: left, left })}
      </span>
      <span className={classes.where}>
        <span className={classes.place} title={names.join(' ')}>
          {names.length === 0 ? t('incidents:list.placeUnknown') : names.join(' ')}
        </span>
        <span className={classes.number} title={incident.number}>
          <bdi>{incident.number}</bdi>
        </span>
      </span>
      <span className={classes.bar} aria-hidden="true">
        <span className={classes.used} style={{ width: `${(used * 100) / barSteps}%` }} />
      </span>
    </div>
  );
}
