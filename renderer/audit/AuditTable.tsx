import type { AuditPage } from '#contract/audit/index.ts';
import classes from './AuditPage.module.css';
import { listColumns } from './registerList.ts';
import { entryTexts, type RowWords } from './rowTexts.ts';

/** Log-ins, refusals, exports, changes of people, questions: newest first. */
export function AuditTable({ page, words }: { page: AuditPage; words: RowWords }) {
  const { t } = words;
  if (page.rows.length === 0) return <p className={classes.quiet}>{t('audit:nothing')}</p>;
  return (
    <table className={classes.rows} aria-label={t('audit:surface.audit')}>
      <thead>
        <tr>
          {listColumns.audit.map((column) => (
            <th key={column} scope="col">
              {t(`audit:column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {page.rows.map((row) => {
          const texts = entryTexts(row, { names: page, words });
          return (
            <tr key={row.seq} data-entry={row.type}>
              <td className={classes.time}>{texts.at}</td>
              <td>{texts.who}</td>
              <td>{texts.what}</td>
              <td>{texts.detail}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
