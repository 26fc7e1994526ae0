import type { FaultPage } from '#contract/audit/index.ts';
import classes from './AuditPage.module.css';
import { faultTexts, type RowWords } from './rowTexts.ts';

const columns = ['from', 'until', 'length', 'camera', 'place', 'faultKind', 'reason', 'found', 'word'] as const;

/** Outages and reported faults of cameras, newest first. */
export function FaultTable({ page, words }: { page: FaultPage; words: RowWords }) {
  const { t } = words;
  if (page.rows.length === 0) return <p className={classes.quiet}>{t('audit:nothing')}</p>;
  return (
    <table className={classes.rows} aria-label={t('audit:surface.faults')}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {t(`audit:column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {page.rows.map((row) => {
          const texts = faultTexts(row, { names: page, words });
          return (
            <tr key={`${row.cameraId} ${row.kind} ${row.fromMs}`} data-open={row.untilMs === null}>
              <td className={classes.time}>{texts.from}</td>
              <td className={classes.time}>{texts.until}</td>
              <td>{texts.length}</td>
              <td>
                {texts.camera}
                <div className={classes.faint}>{texts.number}</div>
              </td>
              <td>{texts.place}</td>
              <td>{texts.faultKind}</td>
              <td>{texts.reason}</td>
              <td>{texts.found}</td>
              <td>{texts.word}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
