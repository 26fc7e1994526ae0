import type { LostCommand } from '#contract/bridge/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { useRoom } from '../room/index.ts';
import { useConsole } from './ConsoleContext.tsx';
import { useCommandWords } from './useWaitingWords.ts';
import classes from './WaitingList.module.css';

/** After the platform was set back to an older backup: what this desk had done since. Stays until somebody says that he has read it. */
export function LostList() {
  const { t } = useTexts();
  const { view } = useConsole();
  const lost = useRoom((room) => room.link.lostCommands);
  if (lost.length === 0) return null;
  return (
    <section className={classes.list} role="alert" aria-label={t('console:lost.title', { count: lost.length })}>
      <h3 className={classes.title}>
        <span className={classes.shape}>
          <Shape name="diamond" />
        </span>{' '}
        {t('console:lost.title', { count: lost.length })}
      </h3>
      {lost.map((one) => (
        <LostLine key={one.commandId} lost={one} />
      ))}
      <div className={classes.line}>
        <span className={classes.what}>{t('console:lost.todo')}</span>
        <button type="button" className={classes.act} onClick={() => view.lostSeen(lost.map(({ commandId }) => commandId))}>
          {t('console:lost.seen')}
        </button>
      </div>
    </section>
  );
}

function LostLine({ lost: { commandId, command, doneAtMs } }: { lost: LostCommand }) {
  const { time } = useTexts();
  const what = useCommandWords(command);
  return (
    <div className={classes.line} data-lost={commandId}>
      <span className={classes.soft}>
        {time(doneAtMs, 'date')} {time(doneAtMs, 'seconds')}
      </span>
      <span className={classes.what}>{what}</span>
      <span className={classes.soft}>{commandId}</span>
    </div>
  );
}
