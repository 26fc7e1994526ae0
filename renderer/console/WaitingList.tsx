import { useEffect, useRef } from 'react';
import type { WaitingCommand } from '#contract/bridge/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { useRoom } from '../room/index.ts';
import { useConsole } from './ConsoleContext.tsx';
import { waitingListId } from './keys.ts';
import { useWaitingWords } from './useWaitingWords.ts';
import classes from './WaitingList.module.css';

/** One's own commands that do not go by themselves any more: what, when, why, and two buttons. Nothing while there are none. */
export function WaitingList() {
  const { t } = useTexts();
  const own = useRoom((room) => room.waiting.own);
  const asking = own.filter(({ why }) => why === 'tooOld' || why === 'movedOn');
  const list = useKeptFocus(asking.length);
  if (asking.length === 0) return null;
  return (
    <section id={waitingListId} className={classes.list} aria-label={t('console:waiting.title')} ref={list}>
      <h3 className={classes.title}>
        <span className={classes.shape}>
          <Shape name="diamond" />
        </span>{' '}
        {t('console:waiting.asking', { count: asking.length })} <kbd>O</kbd>
      </h3>
      {asking.map((waiting) => (
        <AskingLine key={waiting.commandId} waiting={waiting} />
      ))}
    </section>
  );
}

function AskingLine({ waiting }: { waiting: WaitingCommand }) {
  const { t } = useTexts();
  const { view } = useConsole();
  const { time, what, why } = useWaitingWords(waiting);
  const { commandId } = waiting;
  return (
    <div className={classes.line} data-waiting={commandId}>
      <span className={classes.soft}>{time}</span>
      <span className={classes.what}>{what}</span>
      <span className={classes.soft}>{why}</span>
      <button type="button" onClick={() => view.settleWaiting(commandId, 'send')}>
        {t('console:waiting.send')}
      </button>
      <button type="button" onClick={() => view.settleWaiting(commandId, 'discard')}>
        {t('console:waiting.discard')}
      </button>
    </div>
  );
}

/** Whoever answers one after the other with the keyboard stays in the list when the answered line goes. */
function useKeptFocus(count: number) {
  const list = useRef<HTMLElement>(null);
  const wasInside = useRef(false);
  useEffect(() => {
    if (wasInside.current && document.activeElement === document.body) list.current?.querySelector('button')?.focus();
  }, [count]);
  useEffect(() => {
    const note = () => {
      wasInside.current = list.current?.contains(document.activeElement) ?? false;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  return list;
}
