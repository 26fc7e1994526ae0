import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { WindowIdentity } from '#contract/bridge/index.ts';
import { useRoomAccess } from '../room/index.ts';
import classes from './WindowGate.module.css';

/** Waits for the first hello, saying what it waits for; then draws the window as what main says it is. */
export function WindowGate({ children }: { children: (identity: WindowIdentity) => ReactNode }) {
  const { t } = useTranslation();
  const identity = useStore(useRoomAccess().store, (room) => room?.window);
  if (identity !== undefined) return children(identity);
  return (
    <div className={classes.waiting} role="status">
      <p>{t('room:waiting.main')}</p>
      <p className={classes.reason}>{t('room:waiting.mainWhy')}</p>
    </div>
  );
}
