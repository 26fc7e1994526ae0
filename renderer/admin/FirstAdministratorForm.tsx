import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { passwordRule } from '#contract/access/index.ts';
import type { Refusal } from '#contract/values/index.ts';
import { refusalText } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import classes from './AdminPage.module.css';
import type { AdminDesk } from './adminDesk.ts';

const nothing = { code: '', name: '', account: '', password: '', again: '' };

/** A platform that nobody administers yet: whoever has the code that its start printed names himself. */
export function FirstAdministratorForm({ desk, refusal }: { desk: AdminDesk; refusal: Refusal | null }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(nothing);
  const isDifferent = typed.again !== '' && typed.again !== typed.password;
  const set = (name: keyof typeof nothing) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setTyped((before) => ({ ...before, [name]: value }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { again, ...request } = typed;
    if (again === request.password) void desk.nameFirst(request);
  };
  return (
    <main className={classes.door}>
      <form className={classes.card} onSubmit={submit}>
        <h2 className={classes.subtitle}>{t('access:first.title')}</h2>
        <p className={classes.quiet}>{t('access:first.why')}</p>
        <TextInput label={t('access:first.code')} value={typed.code} onChange={set('code')} minLength={8} autoFocus required />
        <TextInput label={t('access:first.name')} value={typed.name} onChange={set('name')} maxLength={40} required />
        <TextInput label={t('access:login.account')} value={typed.account} onChange={set('account')} maxLength={64} required />
        <PasswordInput
          label={t('access:login.password')}
          description={t('access:password.rule', { least: passwordRule.leastLength })}
          classNames={{ description: classes.rule ?? '' }}
          value={typed.password}
          onChange={set('password')}
          maxLength={passwordRule.mostLength}
          required
        />
        <PasswordInput
          label={t('access:password.again')}
          classNames={{ error: classes.rule ?? '' }}
          value={typed.again}
          onChange={set('again')}
          error={isDifferent ? t('access:password.different') : null}
          required
        />
        <Button type="submit" disabled={isDifferent}>
          {t('access:first.create')}
        </Button>
        {refusal !== null && (
          <p className={classes.refused} role="alert">
            <Shape name="diamond" /> {refusalText(t, refusal)}
          </p>
        )}
      </form>
    </main>
  );
}
