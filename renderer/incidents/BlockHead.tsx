import type { CSSProperties } from 'react';
import { useTexts } from '../language/index.ts';
import classes from './IncidentList.module.css';
import type { IncidentBlock } from './incidentRows.ts';

/** The head of a block: its name, how many lines it has, and of these the ones that will be late soon. */
export function BlockHead({ block, style }: { block: IncidentBlock; style: CSSProperties }) {
  const { t, number } = useTexts();
  const { severity, incidents, late, nearlyLate } = block;
  const parts = [
    ...(severity === 'critical' ? [t('incidents:part.late', { count: number(late) })] : []),
    ...(severity === 'major' ? [t('incidents:part.nearlyLate', { count: number(nearlyLate) })] : []),
  ];
  return (
    <div className={classes.block} role="presentation" style={style} data-block={severity}>
      <span>{t(`incidents:block.${severity}`)}</span>
      <span className={classes.blockCount}>
        {parts.length > 0 && <span className={classes.part}>{parts.join(' · ')}</span>}
        {number(incidents.length)}
      </span>
    </div>
  );
}
