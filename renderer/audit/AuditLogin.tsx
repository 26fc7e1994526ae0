import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '#contract/values/index.ts';
import { refusalText } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import classes from './AuditPage.module.css';
import type { AuditDesk } from './auditDesk.ts';

/** Asks who reads. The session is kept in memory alone: closing the page is leaving. */
export function AuditLogin({ desk, refusal }: { desk: AuditDesk; refusal: Refusal | null }) {
  const { t } = useTranslation();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void desk.logIn({ account, password });
  };
  return (
    <main className={classes.door}>
      <form className={classes.card} onSubmit={submit}>
        <h2 className={classes.subtitle}>{t('audit:enter')}</h2>
        <TextInput
          label={t('access:login.account')}
          value={account}
          onChange={(event) => setAccount(event.currentTarget.value)}
          autoFocus
          required
        />
        <PasswordInput
          label={t('access:login.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          required
        />
        <Button type="submit">{t('access:login.enter')}</Button>
        {refusal !== null && (
          <p className={classes.refused} role="alert">
            <Shape name="diamond" /> {refusalText(t, refusal)}
          </p>
        )}
        <p className={classes.quiet}>{t('audit:asksAreKept')}</p>
      </form>
    </main>
  );
}
