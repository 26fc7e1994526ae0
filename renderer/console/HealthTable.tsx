import type { HealthRow } from '#contract/cameras/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { usePlatformTime } from '../room/index.ts';
import { useConsole } from './ConsoleContext.tsx';
import { healthShapes } from './healthShapes.ts';
import { gradeShown } from './healthGrades.ts';
import classes from './HealthPanel.module.css';
import { gradeShapes, remarksLine } from './probeWords.ts';

const columns = [
  'state',
  'camera',
  'grade',
  'since',
  'frames',
  'rate',
  'delay',
  'restarts',
  'viewers',
  'clock',
  'last',
  'maintainer',
] as const;

/** By what the lines are ordered. */
export type HealthOrder = 'state' | 'grade';

/** One line per camera; a click looks at it. */
export function HealthTable({
  rows,
  order,
  onOrder,
}: {
  rows: readonly HealthRow[];
  order: HealthOrder;
  onOrder: (order: HealthOrder) => void;
}) {
  const { t } = useTexts();
  const nowMs = usePlatformTime((now) => Math.floor(now / 1000) * 1000);
  return (
    <div className={classes.scroll} tabIndex={-1} data-autofocus>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} aria-sort={order === column ? 'descending' : undefined}>
                <ColumnName column={column} onOrder={onOrder} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <HealthLine key={row.camera.id} row={row} nowMs={nowMs} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className={classes.soft}>{t('console:health.none')}</p>}
    </div>
  );
}

function ColumnName({ column, onOrder }: { column: (typeof columns)[number]; onOrder: (order: HealthOrder) => void }) {
  const { t } = useTexts();
  const name = t(`console:health.column.${column}`);
  if (column !== 'state' && column !== 'grade') return name;
  return (
    <button type="button" className={classes.order} title={t('console:health.sortBy', { column: name })} onClick={() => onOrder(column)}>
      {name}
    </button>
  );
}

function GradeCell({ row }: { row: HealthRow }) {
  const texts = useTexts();
  const { t, time } = texts;
  const grade = gradeShown(row);
  const line = row.graded === null ? '' : remarksLine(row.graded, texts);
  const probedAtMs = row.condition?.probed?.atMs ?? null;
  const at = probedAtMs === null ? [] : [t('console:probe.at', { at: `${time(probedAtMs, 'day')} ${time(probedAtMs, 'minutes')}` })];
  return (
    <td className={classes.grade} data-grade={grade} title={[line, ...at].filter((part) => part !== '').join('\n') || undefined}>
      <Shape name={gradeShapes[grade]} /> {t(`cameras:grade.${grade}`)}
      {line !== '' && <span className={classes.reasons}>{line}</span>}
    </td>
  );
}

function HealthLine({ row, nowMs }: { row: HealthRow; nowMs: number }) {
  const { t, nameOf, time, duration, refusal } = useTexts();
  const { view } = useConsole();
  const { camera, state, sinceMs, condition } = row;
  const none = t('console:card.none');
  return (
    <tr data-state={state}>
      <td>
        <Shape name={healthShapes[state]} /> {stateWords({ t, refusal, row })}
      </td>
      <td>
        <button
          type="button"
          className={classes.camera}
          onClick={() => {
            view.look(camera.id);
            view.showHealth('closed');
          }}
        >
          <span className={classes.number}>{camera.number}</span> {nameOf(camera)}
        </button>
        {condition?.fault != null && <span className={classes.fault}> {t(`console:fault.${condition.fault.kind}`)}</span>}
      </td>
      <GradeCell row={row} />
      <td title={sinceMs === null ? undefined : time(sinceMs, 'seconds')}>{sinceMs === null ? none : duration(nowMs - sinceMs)}</td>
      <FlowCells row={row} />
      <td>
        {camera.maintainer === '' ? none : camera.maintainer} <span className={classes.number}>{camera.maintainerPhone}</span>
      </td>
    </tr>
  );
}

/** What the gateway sees of it now; nothing where it has it not open. */
function FlowCells({ row: { live, restarts, viewers, condition } }: { row: HealthRow }) {
  const { t, number, time, duration } = useTexts();
  const none = t('console:card.none');
  const shown = <Value,>(value: Value | null | undefined, words: (value: Value) => string) => (value == null ? none : words(value));
  const offsetMs = condition?.clock?.offsetMs ?? live?.clockOffsetMs ?? null;
  return (
    <>
      <td>{shown(live?.framesPerSecond, number)}</td>
      <td>{shown(live?.bitsPerSecond, (bits) => t('console:health.kbps', { rate: number(Math.round(bits / 1000)) }))}</td>
      <td>{shown(live?.delayMs, (ms) => t('console:health.seconds', { seconds: (ms / 1000).toFixed(1) }))}</td>
      <td>{shown(live, () => number(restarts))}</td>
      <td>{shown(live, () => number(viewers))}</td>
      <td>{shown(offsetMs, (ms) => clockWords({ t, duration, offsetMs: ms }))}</td>
      <td>{shown(live?.lastPictureAtMs, (atMs) => time(atMs, 'seconds'))}</td>
    </>
  );
}

type Words = ReturnType<typeof useTexts>;

function stateWords({ t, refusal, row: { state, condition, live } }: Pick<Words, 't' | 'refusal'> & { row: HealthRow }): string {
  const words = t(`console:health.state.${state}`);
  if (state === 'flapping') return t('console:health.flapped', { words, count: condition?.flapping?.losses ?? 0 });
  if (state === 'lost' && live?.fault != null) return `${words} · ${refusal({ code: live.fault })}`;
  if (state !== 'unmoving' || condition?.source.kind !== 'unmoving') return words;
  const { why } = condition.source;
  return [words, t(`console:health.unmoving.${why}`)].join(' · ');
}

// What a person can see on two clocks side by side.
const sameClockMs = 1_000;

function clockWords({ t, duration, offsetMs }: Pick<Words, 't' | 'duration'> & { offsetMs: number }): string {
  if (Math.abs(offsetMs) < sameClockMs) return t('console:health.clock.right');
  return t(`console:health.clock.${offsetMs > 0 ? 'behind' : 'ahead'}`, { for: duration(Math.abs(offsetMs)) });
}
