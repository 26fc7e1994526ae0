import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '#contract/values/index.ts';
import classes from './AdminPage.module.css';
import type { AdminDesk } from './adminDesk.ts';

/** What may be done to an account besides giving rights. */
export function PersonActs({ desk, personId, isDisabled }: { desk: AdminDesk; personId: PersonId; isDisabled: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.acts}>
      <Button variant="default" onClick={() => void desk.change({ change: 'resetPassword', personId })}>
        {t('access:admin.resetPassword')}
      </Button>
      {isDisabled ? (
        <Button variant="default" onClick={() => void desk.change({ change: 'enable', personId })}>
          {t('access:admin.enable')}
        </Button>
      ) : (
        <Button variant="default" onClick={() => void desk.change({ change: 'disable', personId })}>
          {t('access:admin.disable')}
        </Button>
      )}
    </div>
  );
}
