import { Button } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoginRequest } from '#contract/access/index.ts';
import type { Refusal } from '#contract/values/index.ts';
import { refusalText } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { AccountFields, useAccount } from './AccountFields.tsx';
import classes from './PageLogin.module.css';

type Props = {
  readonly title: string;
  /** What one should know before he enters. */
  readonly note: string;
  readonly onLogIn: (request: LoginRequest) => Promise<unknown>;
  readonly refusal: Refusal | null;
};

/** The door of a page in a browser. The session is kept in memory alone: closing the page is leaving. */
export function PageLogin({ title, note, onLogIn, refusal }: Props) {
  const { t } = useTranslation();
  const typed = useAccount();
  const { account, password } = typed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void onLogIn({ account, password });
  };
  return (
    <main className={classes.door}>
      <form className={classes.card} onSubmit={submit}>
        <h2 className={classes.title}>{title}</h2>
        <AccountFields typed={typed} />
        <Button type="submit">{t('access:login.enter')}</Button>
        {refusal !== null && (
          <p className={classes.refused} role="alert">
            <Shape name="diamond" /> {refusalText(t, refusal)}
          </p>
        )}
        <p className={classes.note}>{note}</p>
      </form>
    </main>
  );
}
