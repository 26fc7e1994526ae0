import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { passwordRule } from '#contract/access/index.ts';
import type { Refusal } from '#contract/values/index.ts';
import { refusalText } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import classes from './NewPasswordForm.module.css';

/** What somebody has typed for a new password. `oldPassword` is empty where it was not asked for. */
export type TypedPassword = { readonly oldPassword: string; readonly newPassword: string };

/** Asks for a password of one's own, twice. `old` = whether the one before is asked for too, or known already. */
export function NewPasswordForm({
  old,
  submitLabel,
  isBusy,
  refusal,
  onSubmit,
  onCancel,
}: {
  old: 'asked' | 'known';
  submitLabel: string;
  isBusy: boolean;
  refusal: Refusal | null;
  onSubmit: (typed: TypedPassword) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [oldPassword, setOldPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [again, setAgain] = useState('');
  const isDifferent = again !== '' && again !== newPassword;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (newPassword === again) onSubmit({ oldPassword, newPassword });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      {old === 'asked' && (
        <PasswordInput
          label={t('access:password.old')}
          value={oldPassword}
          onChange={(event) => setOldPassword(event.currentTarget.value)}
          autoFocus
          required
        />
      )}
      <PasswordInput
        label={t('access:password.new')}
        description={t('access:password.rule', { least: passwordRule.leastLength })}
        classNames={{ description: classes.rule ?? '' }}
        value={newPassword}
        onChange={(event) => setNewPassword(event.currentTarget.value)}
        autoFocus={old === 'known'}
        maxLength={passwordRule.mostLength}
        required
      />
      <PasswordInput
        label={t('access:password.again')}
        classNames={{ error: classes.rule ?? '' }}
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
        error={isDifferent ? t('access:password.different') : null}
        required
      />
      {refusal !== null && (
        <p className={classes.refused} role="alert">
          <Shape name="diamond" /> {refusalText(t, refusal)}
        </p>
      )}
      <div className={classes.acts}>
        <Button type="submit" disabled={isBusy || isDifferent}>
          {submitLabel}
        </Button>
        <Button variant="default" type="button" onClick={onCancel}>
          {t('access:password.cancel')}
        </Button>
      </div>
    </form>
  );
}
