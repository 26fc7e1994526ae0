import type { LookingPage, LookingRow } from '#contract/audit/index.ts';
import { Shape } from '../look/index.ts';
import classes from './AuditPage.module.css';
import type { AuditDesk } from './auditDesk.ts';
import { lookingTexts, type RowWords } from './rowTexts.ts';

const columns = ['from', 'until', 'length', 'who', 'camera', 'place', 'purpose', 'tile', 'how'] as const;

/** Looks: those that are open now first, then the register, newest first. */
export function LookingTables({
  page,
  open,
  words,
  desk,
}: {
  page: LookingPage;
  open: LookingPage | null;
  words: RowWords;
  desk: AuditDesk;
}) {
  const { t } = words;
  return (
    <>
      {open !== null && (
        <>
          <h2 className={classes.paneTitle}>
            <Shape name="dot" /> {t('audit:openNow', { count: open.count })}
          </h2>
          {open.rows.length === 0 ? (
            <p className={classes.quiet}>{t('audit:nobodyLooks')}</p>
          ) : (
            <LookingTable rows={open.rows} names={open} words={words} desk={desk} label={t('audit:watching')} />
          )}
          <h2 className={classes.paneTitle}>{t('audit:surface.looking')}</h2>
        </>
      )}
      {page.rows.length === 0 ? (
        <p className={classes.quiet}>{t('audit:nothing')}</p>
      ) : (
        <LookingTable rows={page.rows} names={page} words={words} desk={desk} label={t('audit:surface.looking')} />
      )}
    </>
  );
}

function LookingTable({
  rows,
  names,
  words,
  desk,
  label,
}: {
  rows: readonly LookingRow[];
  names: LookingPage;
  words: RowWords;
  desk: AuditDesk;
  label: string;
}) {
  const { t } = words;
  return (
    <table className={`${classes.rows} ${classes.looks}`} aria-label={label}>
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
        {rows.map((row) => (
          <LookingLine key={row.seq} row={row} names={names} words={words} desk={desk} />
        ))}
      </tbody>
    </table>
  );
}

function LookingLine({ row, names, words, desk }: { row: LookingRow; names: LookingPage; words: RowWords; desk: AuditDesk }) {
  const texts = lookingTexts(row, { names, words });
  const { personId, cameraId } = row;
  return (
    <tr data-look={row.seq} data-open={row.endedAtMs === null}>
      <td className={classes.time}>{texts.from}</td>
      <td className={classes.time}>{texts.until}</td>
      <td>{texts.length}</td>
      <td>
        {personId === null ? (
          texts.who
        ) : (
          <button type="button" className={classes.link} onClick={() => void desk.narrow({ personId })}>
            {texts.who}
          </button>
        )}
        <div className={classes.faint}>{texts.desk}</div>
      </td>
      <td>
        <button type="button" className={classes.link} onClick={() => void desk.narrow({ camera: cameraId })}>
          {texts.camera}
        </button>
        <div className={classes.faint}>{texts.number}</div>
      </td>
      <td>{texts.place}</td>
      <td>{texts.purpose}</td>
      <td className={classes.tile}>{texts.tile}</td>
      <td>{texts.how}</td>
    </tr>
  );
}
