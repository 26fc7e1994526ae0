import type { CSSProperties } from 'react';
import { useTexts } from '../language/index.ts';
import classes from './IncidentList.module.css';
import type { IncidentBlock } from './incidentRows.ts';

/** The head of a block: its name and how many lines it has; beside it how many of these are late, or will be soon. */
export function BlockHead({ block, style }: { block: IncidentBlock; style: CSSProperties }) {
  const { t, number } = useTexts();
  const { severity, incidents, late, nearlyLate } = block;
  return (
    <div className={classes.block} role="presentation" style={style} data-block={severity}>
      <span className={classes.blockName}>{t(`incidents:block.${severity}`)}</span>{' '}
      <span className={classes.blockCount}>{number(incidents.length)}</span>
      {severity === 'critical' && late > 0 && <span>{t('incidents:part.late', { count: number(late) })}</span>}
      {severity === 'major' && nearlyLate > 0 && <span>{t('incidents:part.nearlyLate', { count: number(nearlyLate) })}</span>}
    </div>
  );
}
