import { Button } from '@mantine/core';
import type { FormEvent } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { useRoom } from '../room/index.ts';
import { AccountFields, useAccount } from './AccountFields.tsx';
import classes from './LoginScreen.module.css';
import { NewPasswordForm } from './NewPasswordForm.tsx';
import type { SignIn } from './signIn.ts';

/** Asks who sits down at the console. The wall goes on meanwhile: it looks on by the desk's own identity. */
export function LoginScreen({ signIn }: { signIn: SignIn }) {
  const { t, nameOf, refusal } = useTexts();
  const county = useRoom((room) => room.county);
  const state = useStore(signIn.store);
  const typed = useAccount();
  const { account, password } = typed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.enter({ account, password });
  };
  const isDue = state.kind === 'passwordDue' || (state.kind === 'entering' && state.from === 'passwordDue');
  if (isDue) {
    return (
      <main className={classes.screen}>
        <section className={classes.card}>
          <h1 className={classes.county}>{t('access:password.title')}</h1>
          <p className={classes.quiet}>{t('access:password.why')}</p>
          <NewPasswordForm
            old="known"
            submitLabel={t('access:password.setAndEnter')}
            isBusy={state.kind === 'entering'}
            refusal={state.kind === 'passwordDue' ? state.refusal : null}
            onSubmit={({ newPassword }) => signIn.enter({ account, password, newPassword })}
            onCancel={() => {
              typed.setPassword('');
              signIn.begin();
            }}
          />
          <p className={classes.quiet}>{t('access:login.wallGoesOn')}</p>
        </section>
      </main>
    );
  }
  return (
    <main className={classes.screen}>
      <form className={classes.card} onSubmit={submit}>
        <h1 className={classes.county}>{county === null ? 'Commandwall' : nameOf(county)}</h1>
        <h2 className={classes.title}>{t('access:login.title')}</h2>
        <AccountFields typed={typed} />
        <Button type="submit" disabled={state.kind === 'entering'}>
          {state.kind === 'entering' ? t('access:login.entering') : t('access:login.enter')}
        </Button>
        {state.kind === 'refused' && (
          <p className={classes.refused} role="alert">
            <Shape name="diamond" /> {refusal(state.refusal)}
          </p>
        )}
        <DemoAccounts signIn={signIn} />
        <p className={classes.quiet}>{t('access:login.forgotten')}</p>
        <p className={classes.quiet}>{t('access:login.wallGoesOn')}</p>
      </form>
    </main>
  );
}

function DemoAccounts({ signIn }: { signIn: SignIn }) {
  const { t } = useTexts();
  const accounts = useRoom((room) => room.demoAccounts);
  if (accounts.length === 0) return null;
  return (
    <section className={classes.demo}>
      <h3 className={classes.demoTitle}>{t('access:login.demoTitle')}</h3>
      <p className={classes.quiet}>{t('access:login.demoNotice')}</p>
      <div className={classes.accounts}>
        {accounts.map(({ account, password, name, roles }) => (
          <button key={account} type="button" className={classes.account} onClick={() => signIn.enter({ account, password })}>
            <span>{name}</span>
            <span className={classes.role}>{roles.map((role) => t(`access:role.${role}`)).join(' · ')}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
