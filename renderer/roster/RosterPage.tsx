import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { refusalText } from '../language/index.ts';
import { LiftCard } from './LiftCard.tsx';
import type { RosterDesk, RosterState } from './rosterDesk.ts';
import classes from './RosterPage.module.css';

/** The page on a leader's phone: the log-in, then one card per request, or a calm sentence. */
export function RosterPage({ desk }: { desk: RosterDesk }) {
  const { t } = useTranslation();
  const state = useStore(desk.store);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('roster:title')}</h1>
        {state.kind === 'open' && (
          <button type="button" className={classes.leave} onClick={() => void desk.logOut()}>
            {t('access:login.leave')}
          </button>
        )}
      </header>
      {state.kind === 'open' ? <Requests desk={desk} state={state} /> : <Door desk={desk} refusal={state.refusal} />}
    </div>
  );
}

function Requests({ desk, state }: { desk: RosterDesk; state: Extract<RosterState, { kind: 'open' }> }) {
  const { t } = useTranslation();
  return (
    <main className={classes.list}>
      {state.problem !== null && (
        <p className={classes.problem} role="alert">
          {refusalText(t, state.problem)}
        </p>
      )}
      {state.last !== null && (
        <p className={classes.last} role="status">
          {t(`roster:${state.last}`)}
        </p>
      )}
      {state.lifts.map((lift) => (
        <LiftCard key={lift.liftId} lift={lift} nowMs={state.nowMs} onAnswer={desk.answer} />
      ))}
      {state.lifts.length === 0 && <p className={classes.quiet}>{t('roster:nothing', { name: state.name })}</p>}
    </main>
  );
}

function Door({ desk, refusal }: { desk: RosterDesk; refusal: Extract<RosterState, { kind: 'signedOut' }>['refusal'] }) {
  const { t } = useTranslation();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  return (
    <form
      className={classes.list}
      onSubmit={(event) => {
        event.preventDefault();
        void desk.logIn({ account, password });
      }}
    >
      <label className={classes.field}>
        {t('access:login.account')}
        <input value={account} onChange={(event) => setAccount(event.currentTarget.value)} autoCapitalize="off" required />
      </label>
      <label className={classes.field}>
        {t('access:login.password')}
        <input type="password" value={password} onChange={(event) => setPassword(event.currentTarget.value)} required />
      </label>
      <button type="submit" className={classes.approve}>
        {t('access:login.enter')}
      </button>
      {refusal !== null && (
        <p className={classes.problem} role="alert">
          {refusalText(t, refusal)}
        </p>
      )}
      <p className={classes.quiet}>{t('roster:keepOpen')}</p>
    </form>
  );
}
