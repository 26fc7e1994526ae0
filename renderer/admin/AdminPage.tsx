import { Button, MantineProvider } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Language } from '#contract/bridge/index.ts';
import type { Refusal } from '#contract/values/index.ts';
import { ChangePasswordDialog, NewPasswordForm, PageLogin } from '../access/index.ts';
import { mantineTheme, mantineVariables } from '../console/mantineTheme.ts';
import { pageNonce } from '../look/index.ts';
import classes from './AdminPage.module.css';
import type { AdminDesk, AdminState } from './adminDesk.ts';
import { FirstAdministratorForm } from './FirstAdministratorForm.tsx';
import { PeopleList } from './PeopleList.tsx';
import { PersonForm } from './PersonForm.tsx';

/** The whole page: its head, and the log-in or the people. */
export function AdminPage({ desk, onLanguage }: { desk: AdminDesk; onLanguage: (language: Language) => void }) {
  const state = useStore(desk.store);
  return (
    <MantineProvider theme={mantineTheme} cssVariablesResolver={mantineVariables} getStyleNonce={pageNonce} forceColorScheme="dark">
      <div className={classes.page}>
        <Head desk={desk} onLanguage={onLanguage} />
        <Body desk={desk} state={state} />
      </div>
    </MantineProvider>
  );
}

function Body({ desk, state }: { desk: AdminDesk; state: AdminState }) {
  const { t } = useTranslation();
  switch (state.kind) {
    case 'signedOut':
      return (
        <PageLogin
          title={t('access:admin.enter')}
          note={t('access:admin.inMemory')}
          onLogIn={(request) => desk.logIn(request)}
          refusal={state.refusal}
        />
      );
    case 'nobodyYet':
      return <FirstAdministratorForm desk={desk} refusal={state.refusal} />;
    case 'passwordDue':
      return <OwnPassword desk={desk} refusal={state.refusal} />;
    case 'open':
      return (
        <main className={classes.panes}>
          <PeopleList desk={desk} people={state.people} regions={state.regions} chosen={state.draft?.personId ?? null} />
          {state.draft === null ? <Hint /> : <PersonForm desk={desk} draft={state.draft} state={state} />}
        </main>
      );
  }
}

function OwnPassword({ desk, refusal }: { desk: AdminDesk; refusal: Refusal | null }) {
  const { t } = useTranslation();
  return (
    <main className={classes.door}>
      <section className={classes.card}>
        <h2 className={classes.subtitle}>{t('access:password.title')}</h2>
        <p className={classes.quiet}>{t('access:password.why')}</p>
        <NewPasswordForm
          old="known"
          submitLabel={t('access:password.setAndEnter')}
          isBusy={false}
          refusal={refusal}
          onSubmit={({ newPassword }) => void desk.setOwnPassword(newPassword)}
          onCancel={() => void desk.logOut()}
        />
      </section>
    </main>
  );
}

function Head({ desk, onLanguage }: { desk: AdminDesk; onLanguage: (language: Language) => void }) {
  const { t, i18n } = useTranslation();
  const name = useStore(desk.store, (state) => (state.kind === 'open' ? state.by.name : null));
  const [isChanging, setIsChanging] = useState(false);
  const other: Language = i18n.language === 'en' ? 'zh' : 'en';
  return (
    <header className={classes.head}>
      <h1 className={classes.title}>{t('access:admin.title')}</h1>
      {desk.isDemo && <span className={classes.demo}>{t('access:admin.demo')}</span>}
      <span className={classes.space} />
      {name !== null && <span className={classes.soft}>{name}</span>}
      <Button variant="subtle" size="sm" lang={other} onClick={() => onLanguage(other)}>
        {t('access:admin.otherLanguage')}
      </Button>
      {name !== null && (
        <>
          <Button variant="subtle" size="sm" onClick={() => setIsChanging(true)}>
            {t('access:password.change')}
          </Button>
          <Button variant="default" size="sm" onClick={() => void desk.logOut()}>
            {t('access:login.leave')}
          </Button>
        </>
      )}
      {isChanging && <ChangePasswordDialog change={desk.changePassword} onClose={() => setIsChanging(false)} />}
    </header>
  );
}

function Hint() {
  const { t } = useTranslation();
  return <section className={classes.hint}>{t('access:admin.choose')}</section>;
}
