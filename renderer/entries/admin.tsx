import './jitless.ts';
import '@mantine/core/styles.css';
import '../look/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#contract/bridge/index.ts';
import { AdminPage, createAdminDesk, createPlatformPages } from '../admin/index.ts';
import { openWords } from '../language/index.ts';

const language = new URLSearchParams(window.location.search).get('lang') === 'en' ? 'en' : 'zh';
const words = await openWords({ features: ['access', 'bus', 'room'], language });
words.i18n.use(initReactI18next);
initReactI18next.init(words.i18n);
const pageLanguages: { readonly [Name in Language]: string } = { zh: 'zh-CN', en: 'en' };
document.documentElement.lang = pageLanguages[language];

const pages = createPlatformPages({ fetch: window.fetch.bind(window) });
const [isDemo, isFirstWanted] = await Promise.all([pages.isDemo(), pages.isFirstAdministratorWanted()]);
const desk = createAdminDesk({ pages, isDemo, isFirstWanted });
const show = (next: Language) => {
  document.documentElement.lang = pageLanguages[next];
  void words.show(next);
};

createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <AdminPage desk={desk} onLanguage={show} />
  </StrictMode>,
);
