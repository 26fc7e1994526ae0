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
      <AllDrawings asking={asking} />
      {asking.map((waiting) => (
        <AskingLine key={waiting.commandId} waiting={waiting} />
      ))}
    </section>
  );
}

/** Drawings of a time without a line are many, stand dashed on the map and can be taken back: one word may send them all. */
function AllDrawings({ asking }: { asking: readonly WaitingCommand[] }) {
  const { t, number } = useTexts();
  const { view } = useConsole();
  const drawn = asking.filter(({ command }) => command.type === 'map.draw' || command.type === 'map.eraseDrawing');
  if (drawn.length < 2) return null;
  const settle = (word: 'send' | 'discard') => drawn.forEach(({ commandId }) => view.settleWaiting(commandId, word));
  return (
    <div className={classes.line} data-waiting="drawings">
      <span className={classes.what}>{t('console:waiting.drawings', { count: number(drawn.length) })}</span>
      <button type="button" className={classes.act} onClick={() => settle('send')}>
        {t('console:waiting.sendAll')}
      </button>
      <button type="button" className={classes.act} onClick={() => settle('discard')}>
        {t('console:waiting.discardAll')}
      </button>
    </div>
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
      <button type="button" className={classes.act} onClick={() => view.settleWaiting(commandId, 'send')}>
        {t('console:waiting.send')}
      </button>
      <button type="button" className={classes.act} onClick={() => view.settleWaiting(commandId, 'discard')}>
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
