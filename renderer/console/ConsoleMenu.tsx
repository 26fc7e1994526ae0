import { Menu, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { Language } from '#contract/bridge/index.ts';
import { ChangePasswordDialog } from '../access/index.ts';
import { useEvidenceRights } from '../evidence/index.ts';
import { useTexts } from '../language/index.ts';
import { themeNames } from '../look/index.ts';
import { useRoomAccess } from '../room/index.ts';
import { useConsole, useConsoleState } from './ConsoleContext.tsx';
import classes from './ConsoleMenu.module.css';

const languageNames: { readonly [Name in Language]: string } = { zh: '中文', en: 'English' };

/** Settings of this console: language (of the whole room), theme, help, signing out. */
export function ConsoleMenu() {
  const { t, language } = useTexts();
  const { ask } = useRoomAccess();
  const { view, signIn } = useConsole();
  const theme = useConsoleState((state) => state.theme);
  const { mayList } = useEvidenceRights();
  const [isChanging, setIsChanging] = useState(false);
  return (
    <div className={classes.menu}>
      {(['zh', 'en'] as const).map((name) => (
        <button
          key={name}
          type="button"
          className={classes.switch}
          aria-pressed={language === name}
          onClick={() => void ask('setLanguage', { language: name })}
        >
          {name === 'zh' ? '中' : 'EN'}
          <span className={classes.unseen}>{languageNames[name]}</span>
        </button>
      ))}
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <UnstyledButton className={classes.switch} aria-label={t('console:menu.open')}>
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
              <path d="M2 4h12M2 8h12M2 12h12" stroke="currentColor" strokeWidth="1.5" />
            </svg>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('console:menu.theme')}</Menu.Label>
          {themeNames.map((name) => (
            <Menu.Item key={name} onClick={() => view.setTheme(name)} rightSection={theme === name ? '✓' : null}>
              {t(`console:theme.${name}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => view.showHealth('open')} rightSection="H">
            {t('console:menu.health')}
          </Menu.Item>
          {mayList && (
            <Menu.Item onClick={() => view.showEvidence('all')} rightSection="E">
              {t('evidence:panel.title')}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => view.showHelp('open')} rightSection="F1">
            {t('console:menu.help')}
          </Menu.Item>
          <Menu.Item onClick={() => setIsChanging(true)}>{t('access:password.change')}</Menu.Item>
          <Menu.Item onClick={() => signIn.leave()}>{t('access:login.leave')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isChanging && <ChangePasswordDialog change={signIn.changePassword} onClose={() => setIsChanging(false)} />}
    </div>
  );
}
