import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal, Result } from '#contract/values/index.ts';
import { NewPasswordForm, type TypedPassword } from './NewPasswordForm.tsx';

/** Changes the password of whoever is signed in. His other sessions end; here he stays. */
export function ChangePasswordDialog({
  change,
  onClose,
}: {
  change: (typed: TypedPassword) => Promise<Result<unknown>>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [state, setState] = useState<{ isBusy: boolean; isDone: boolean; refusal: Refusal | null }>({
    isBusy: false,
    isDone: false,
    refusal: null,
  });
  const submit = async (typed: TypedPassword) => {
    setState({ isBusy: true, isDone: false, refusal: null });
    const changed = await change(typed);
    setState({ isBusy: false, isDone: changed.ok, refusal: changed.ok ? null : changed.refusal });
  };
  // Locking the page's scrolling would write a style of its own into it, which the policy of every window refuses.
  return (
    <Modal
      opened
      lockScroll={false}
      onClose={onClose}
      title={t('access:password.change')}
      centered
      closeButtonProps={{ 'aria-label': t('access:password.close') }}
    >
      {state.isDone ? (
        <p role="status">{t('access:password.changed')}</p>
      ) : (
        <NewPasswordForm
          old="asked"
          submitLabel={t('access:password.change')}
          isBusy={state.isBusy}
          refusal={state.refusal}
          onSubmit={(typed) => void submit(typed)}
          onCancel={onClose}
        />
      )}
    </Modal>
  );
}
