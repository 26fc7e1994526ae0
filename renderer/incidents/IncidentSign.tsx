import type { IncidentSeverity } from '#contract/incidents/index.ts';
import { Shape } from '../look/index.ts';
import classes from './IncidentSign.module.css';
import { severityShapes } from './severityShapes.ts';

/** The sign of a severity as on the map: a colour and its shape. */
export function IncidentSign({ severity }: { severity: IncidentSeverity }) {
  return (
    <span className={classes.sign} data-severity={severity}>
      <Shape name={severityShapes[severity]} />
    </span>
  );
}
