import type { WaitingCommand } from '#contract/bridge/index.ts';
import { useTexts } from '../language/index.ts';
import { useRoom } from '../room/index.ts';
import classes from './LinkPanel.module.css';
import { useWaitingWords } from './useWaitingWords.ts';

/** What the outbox holds: one's own commands, and how many of whom else. Only their person sends those. */
export function WaitingPart() {
  const { t } = useTexts();
  const { own, others } = useRoom((room) => room.waiting);
  if (own.length === 0 && others.length === 0) return null;
  return (
    <>
      <h3 className={classes.title}>{t('console:waiting.title')}</h3>
      <ul className={classes.healed}>
        {own.map((waiting) => (
          <WaitingLine key={waiting.commandId} waiting={waiting} />
        ))}
        {others.map(({ name, count }) => (
          <li key={name}>
            {t('console:waiting.others', { count, name: name === '' ? t('console:waiting.somebody') : name })}{' '}
            <span className={classes.soft}>{t('console:waiting.onlyHe')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function WaitingLine({ waiting }: { waiting: WaitingCommand }) {
  const { time, what, why } = useWaitingWords(waiting);
  return (
    <li>
      <span className={classes.soft}>{time}</span> {what} <span className={classes.soft}>{why}</span>
    </li>
  );
}
