import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** What somebody typed at a door, until he is in. */
export function useAccount() {
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  return { account, password, setAccount, setPassword };
}

/** The two fields of every door: who one is, and his password. */
export function AccountFields({ typed }: { typed: ReturnType<typeof useAccount> }) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('access:login.account')}
        value={typed.account}
        onChange={(event) => typed.setAccount(event.currentTarget.value)}
        autoFocus
        required
      />
      <PasswordInput
        label={t('access:login.password')}
        value={typed.password}
        onChange={(event) => typed.setPassword(event.currentTarget.value)}
        required
      />
    </>
  );
}
