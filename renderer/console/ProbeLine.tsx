import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import { may } from '#contract/access/index.ts';
import type { Camera } from '#contract/cameras/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import classes from './ProbeLine.module.css';
import { ProbeTable } from './ProbeTable.tsx';
import { gradeOfProbe, gradeShapes, remarkWords } from './probeWords.ts';
import type { Probing } from './useProbe.ts';

type LineOf = {
  readonly camera: Camera;
  readonly probing: Probing;
  /** Where the reasons are told. */
  readonly remarks: 'within' | 'elsewhere';
};

/** What a camera's streams were found to be: a grade in words with its reasons, the figures, and the way to look again. */
export function ProbeLine({ camera, probing, remarks }: LineOf) {
  const { t, time } = useTexts();
  const { probe } = probing;
  const graded = gradeOfProbe(probe);
  const grade = graded?.grade ?? 'none';
  return (
    <div className={classes.line}>
      <span className={classes.name}>{t('console:probe.name')}</span>
      <span className={classes.grade} data-grade={grade}>
        <Shape name={gradeShapes[grade]} /> {t(`cameras:grade.${grade}`)}
      </span>
      {remarks === 'within' && <ProbeRemarks probing={probing} />}
      {probe !== null && (
        <span className={classes.soft} title={`${time(probe.atMs, 'day')} ${time(probe.atMs, 'minutes')}`}>
          {t('console:probe.at', { at: time(probe.atMs, 'day') })}
        </span>
      )}
      <ProbeStanding probing={probing} />
      {probe !== null && <Figures probing={probing} />}
      <AskAgain camera={camera} probing={probing} />
    </div>
  );
}

/** Why a camera's streams are not simply good. */
export function ProbeRemarks({ probing: { probe } }: { probing: Probing }) {
  const texts = useTexts();
  return (
    <ul className={classes.remarks} data-of="remarks">
      {gradeOfProbe(probe)?.remarks.map((remark) => (
        <li key={`${remark.code} ${remark.quality}`}>{remarkWords(remark, texts)}</li>
      ))}
    </ul>
  );
}

function ProbeStanding({ probing: { state, refusal: why } }: { probing: Probing }) {
  const { t, duration, refusal } = useTexts();
  const nowMs = usePlatformTime((now) => (state.kind === 'running' ? Math.floor(now / 1000) * 1000 : 0));
  if (why !== null) return <span role="alert">{refusal(why)}</span>;
  if (state.kind === 'waiting') return <span role="status">{t('console:probe.waiting', { count: state.ahead })}</span>;
  if (state.kind !== 'running') return null;
  return <span role="status">{t('console:probe.running', { for: duration(nowMs - state.sinceMs) })}</span>;
}

function Figures({ probing: { probe } }: { probing: Probing }) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  if (probe === null) return null;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-end" withRoles={false}>
      <Popover.Target>
        <Button size="compact-xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('console:probe.figures')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('console:probe.figures')}>
        <ProbeTable streams={probe.streams} />
      </Popover.Dropdown>
    </Popover>
  );
}

function AskAgain({ camera, probing: { state, probe, ask } }: { camera: Camera; probing: Probing }) {
  const { t } = useTexts();
  const person = useRoom((room) => room.person);
  const mayAsk = person !== null && may({ kind: 'person', ...person }, 'cameras.probe', { regionPath: person.territory });
  if (!mayAsk || camera.streams.length === 0) return null;
  const isBusy = state.kind === 'waiting' || state.kind === 'running';
  return (
    <Button size="compact-xs" variant="default" disabled={isBusy} onClick={ask}>
      {t(probe === null ? 'console:probe.ask' : 'console:probe.again')}
    </Button>
  );
}
