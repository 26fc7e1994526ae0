import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { useConsole, useConsoleState } from './ConsoleContext.tsx';
import type { Notice } from './consoleView.ts';
import { LostList } from './LostList.tsx';
import classes from './Notices.module.css';
import { WaitingList } from './WaitingList.tsx';

/** Words about what was asked last: done (and how to take it back), or why not. */
export function Notices() {
  const notices = useConsoleState((state) => state.notices);
  return (
    <div className={classes.notices} aria-live="polite">
      <LostList />
      <WaitingList />
      {notices.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function NoticeLine({ notice }: { notice: Notice }) {
  const { t, refusal } = useTexts();
  const { view } = useConsole();
  switch (notice.kind) {
    case 'done':
      return (
        <div className={classes.notice}>
          <span>{t(`console:done.${notice.text}`, { place: notice.place })}</span>
          {notice.undo !== null && (
            <button type="button" onClick={() => view.undo()}>
              {t('console:done.undo')} <kbd>Ctrl Z</kbd>
            </button>
          )}
        </div>
      );
    case 'told':
      return <div className={classes.notice}>{t(`console:told.${notice.text}`)}</div>;
    case 'refused':
      return (
        <div className={classes.notice} role="alert">
          <span className={classes.shape}>
            <Shape name="diamond" />
          </span>
          <span>{refusal(notice.refusal)}</span>
          <span className={classes.code}>{notice.refusal.code}</span>
          <button type="button" onClick={() => view.dismiss(notice.id)} aria-label={t('console:done.dismiss')}>
            <Shape name="cross" />
          </button>
        </div>
      );
  }
}
