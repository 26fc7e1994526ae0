import { Button, MantineProvider } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Language } from '#contract/bridge/index.ts';
import { mantineTheme, mantineVariables } from '../console/mantineTheme.ts';
import { pageNonce } from '../look/index.ts';
import { PageLogin } from '../access/index.ts';
import classes from './AuditPage.module.css';
import type { AuditDesk } from './auditDesk.ts';
import { Registers } from './Registers.tsx';

/** Hands a text to the browser as a file. */
export type SaveFile = (file: { readonly name: string; readonly text: string }) => void;

/** The auditors' page: its head, and the log-in, a sentence for whoever is no auditor, or the registers. */
export function AuditPage({
  desk,
  onLanguage,
  saveFile,
}: {
  desk: AuditDesk;
  onLanguage: (language: Language) => void;
  saveFile: SaveFile;
}) {
  const { t } = useTranslation();
  const state = useStore(desk.store);
  return (
    <MantineProvider theme={mantineTheme} cssVariablesResolver={mantineVariables} getStyleNonce={pageNonce} forceColorScheme="dark">
      <div className={classes.page}>
        <Head desk={desk} onLanguage={onLanguage} />
        {state.kind === 'signedOut' && (
          <PageLogin
            title={t('audit:enter')}
            note={t('audit:asksAreKept')}
            onLogIn={(request) => desk.logIn(request)}
            refusal={state.refusal}
          />
        )}
        {state.kind === 'noAuditor' && <NoAuditor />}
        {state.kind === 'open' && <Registers desk={desk} state={state} saveFile={saveFile} />}
      </div>
    </MantineProvider>
  );
}

function Head({ desk, onLanguage }: { desk: AuditDesk; onLanguage: (language: Language) => void }) {
  const { t, i18n } = useTranslation();
  const name = useStore(desk.store, (state) => (state.kind === 'signedOut' ? null : state.by.name));
  const county = useStore(desk.store, (state) => (state.kind === 'open' ? state.choices.county : null));
  const other: Language = i18n.language === 'en' ? 'zh' : 'en';
  return (
    <header className={classes.head}>
      <h1 className={classes.title}>{t('audit:title')}</h1>
      {county !== null && (
        <span className={classes.soft}>
          {i18n.language === 'en' && county.nameEn !== '' ? county.nameEn : county.name} · {t('audit:zone', { zone: county.timeZone })}
        </span>
      )}
      {desk.isDemo && <span className={classes.demo}>{t('access:admin.demo')}</span>}
      <span className={classes.space} />
      {name !== null && <span className={classes.soft}>{name}</span>}
      <Button variant="subtle" size="sm" lang={other} onClick={() => onLanguage(other)}>
        {t('access:admin.otherLanguage')}
      </Button>
      {name !== null && (
        <Button variant="default" size="sm" onClick={() => void desk.logOut()}>
          {t('access:login.leave')}
        </Button>
      )}
    </header>
  );
}

function NoAuditor() {
  const { t } = useTranslation();
  return (
    <main className={classes.door}>
      <section className={classes.card} role="alert">
        <h2 className={classes.subtitle}>{t('audit:noAuditor.title')}</h2>
        <p className={classes.plain}>{t('audit:noAuditor.text')}</p>
      </section>
    </main>
  );
}
