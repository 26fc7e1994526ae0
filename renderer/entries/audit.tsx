import './jitless.ts';
import '@mantine/core/styles.css';
import '../look/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#contract/bridge/index.ts';
import { AuditPage, createAuditDesk, createAuditPages } from '../audit/index.ts';
import { openWords } from '../language/index.ts';
import { saveCsv } from '../look/index.ts';

const language = new URLSearchParams(window.location.search).get('lang') === 'en' ? 'en' : 'zh';
const words = await openWords({
  features: ['audit', 'access', 'bus', 'room', 'search', 'cameras', 'directory', 'wall'],
  language,
});
words.i18n.use(initReactI18next);
initReactI18next.init(words.i18n);
const pageLanguages: { readonly [Name in Language]: string } = { zh: 'zh-CN', en: 'en' };
document.documentElement.lang = pageLanguages[language];

const pages = createAuditPages({ fetch: window.fetch.bind(window) });
const desk = createAuditDesk({ pages, isDemo: await pages.isDemo() });
const show = (next: Language) => {
  document.documentElement.lang = pageLanguages[next];
  void words.show(next);
};
createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <AuditPage desk={desk} onLanguage={show} saveFile={saveCsv} />
  </StrictMode>,
);
