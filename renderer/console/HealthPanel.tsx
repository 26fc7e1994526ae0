import { Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { may } from '#contract/access/index.ts';
import { type CameraHealth, type HealthRow, type HealthState, healthCounts, healthRows, healthStates } from '#contract/cameras/index.ts';
import type { Refusal } from '#contract/values/index.ts';
import { useTexts } from '../language/index.ts';
import { saveCsv, Shape } from '../look/index.ts';
import { usePlatformTime, useRoom, useRoomAccess } from '../room/index.ts';
import { useConsole, useConsoleState, useDirectory } from './ConsoleContext.tsx';
import { GradeFilter } from './GradeFilter.tsx';
import { healthCsv } from './healthCsv.ts';
import { byGrade, gradeShown, type GradeShown, isOfGrade } from './healthGrades.ts';
import { healthShapes } from './healthShapes.ts';
import { type HealthOrder, HealthTable } from './HealthTable.tsx';
import classes from './HealthPanel.module.css';
import { remarksLine } from './probeWords.ts';
import { isInTown, townsOf } from './healthTowns.ts';
import { PanelParts, WidePanel } from './WidePanel.tsx';
import frame from './WidePanel.module.css';

/** How the connected cameras are, the worst first: what the record knows and what the gateway sees now. */
export function HealthPanel() {
  const { t } = useTexts();
  const { view } = useConsole();
  const isOpen = useConsoleState((state) => state.isHealthOpen);
  return (
    <WidePanel isOpen={isOpen} onClose={() => view.showHealth('closed')} title={t('console:health.title')} widthPx={1720}>
      <HealthContent />
    </WidePanel>
  );
}

function HealthContent() {
  const { t, nameOf, refusal } = useTexts();
  const directory = useDirectory();
  const conditions = useRoom(({ cameras }) => cameras);
  const { health, trouble } = useHealth();
  const [town, setTown] = useState<string | null>(null);
  const [state, setState] = useState<HealthState | null>(null);
  const [grade, setGrade] = useState<GradeShown | null>(null);
  const [order, setOrder] = useState<HealthOrder>('state');
  if (directory === null) return <p className={classes.soft}>{t('console:cameras.waiting')}</p>;
  const cameras = [...directory.cameras.values()].filter(({ regionId }) => isInTown(directory.tree, { regionId, town }));
  const rows = healthRows({ cameras, conditions, sources: health?.sources ?? [] });
  const shown = rows.filter((row) => (state === null || row.state === state) && isOfGrade(row, grade));
  return (
    <PanelParts
      bar={
        <>
          <Select
            aria-label={t('console:health.town')}
            placeholder={t('console:health.allTowns')}
            data={townsOf(directory.regions.values()).map((region) => ({ value: region.id, label: nameOf(region) }))}
            value={town}
            onChange={setTown}
            size="xs"
            clearable
          />
          <GradeFilter rows={rows} chosen={grade} onChoose={setGrade} />
          <Counts rows={rows} chosen={state} onChoose={setState} />
          {trouble !== null && <span className={classes.trouble}>{t('console:health.noLive', { why: refusal(trouble) })}</span>}
          <TakeAway rows={rows} />
        </>
      }
    >
      <HealthTable rows={order === 'grade' ? byGrade(shown) : shown} order={order} onOrder={setOrder} />
    </PanelParts>
  );
}

/** How many are in each state, and all of them together; a click shows those only. */
function Counts({
  rows,
  chosen,
  onChoose,
}: {
  rows: readonly HealthRow[];
  chosen: HealthState | null;
  onChoose: (state: HealthState | null) => void;
}) {
  const { t, number } = useTexts();
  const counts = healthCounts(rows);
  return (
    <div className={classes.counts}>
      <button type="button" className={frame.choice} aria-pressed={chosen === null} onClick={() => onChoose(null)}>
        {t('console:health.all')} <b>{number(rows.length)}</b>
      </button>
      {healthStates.map((state) => (
        <button
          key={state}
          type="button"
          className={frame.choice}
          data-state={state}
          aria-pressed={chosen === state}
          onClick={() => onChoose(state)}
        >
          <Shape name={healthShapes[state]} /> {t(`console:health.state.${state}`)} <b>{number(counts[state])}</b>
        </button>
      ))}
    </div>
  );
}

/** Saves what is shown as a table, for whoever may take the directory away; the platform writes down that he did. */
function TakeAway({ rows }: { rows: readonly HealthRow[] }) {
  const texts = useTexts();
  const { t, nameOf, time, refusal } = texts;
  const { ask } = useRoomAccess();
  const person = useRoom((room) => room.person);
  const [trouble, setTrouble] = useState<Refusal | null>(null);
  const mayTake = person !== null && may({ kind: 'person', ...person }, 'directory.export', { regionPath: person.territory });
  if (!mayTake) return null;
  const save = async () => {
    const answer = await ask('exportCameraHealth', {});
    setTrouble(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    const text = healthCsv(rows, {
      columns: csvColumns.map((column) => t(`console:health.csv.${column}`)),
      state: (row) => t(`console:health.state.${row.state}`),
      name: ({ camera }) => nameOf(camera),
      time: (atMs) => time(atMs, 'seconds'),
      grade: (row) => t(`cameras:grade.${gradeShown(row)}`),
      remarks: ({ graded }) => (graded === null ? '' : remarksLine(graded, texts)),
      day: (atMs) => time(atMs, 'day'),
    });
    saveCsv({ name: 'camera-health.csv', text });
  };
  return (
    <>
      <button type="button" className={`${frame.choice} ${classes.save}`} onClick={() => void save()}>
        {t('console:health.save')}
      </button>
      {trouble !== null && <span className={classes.trouble}>{refusal(trouble)}</span>}
    </>
  );
}

const csvColumns = [
  ...(['number', 'name', 'state', 'since', 'frames', 'kbps', 'delayS', 'restarts', 'viewers', 'clockBehindS', 'last'] as const),
  ...(['grade', 'remarks', 'probedAt', 'maintainer', 'phone'] as const),
];

const askEveryMs = 2_000;

/** Asks again and again while it is drawn; keeps the last answer while the platform is away, and says that it is. */
function useHealth(): { readonly health: CameraHealth | null; readonly trouble: Refusal | null } {
  const { ask } = useRoomAccess();
  const round = usePlatformTime((nowMs) => Math.floor(nowMs / askEveryMs));
  const [health, setHealth] = useState<CameraHealth | null>(null);
  const [trouble, setTrouble] = useState<Refusal | null>(null);
  useEffect(() => {
    let isOver = false;
    void ask('cameraHealth', {}).then((answer) => {
      if (isOver) return;
      if (answer.ok) setHealth(answer.value);
      setTrouble(answer.ok ? null : answer.refusal);
    });
    return () => {
      isOver = true;
    };
  }, [ask, round]);
  return { health, trouble };
}
