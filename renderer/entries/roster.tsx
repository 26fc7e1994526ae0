import './jitless.ts';
import '../look/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { initReactI18next } from 'react-i18next';
import { createRosterDesk, createRosterPages, RosterPage } from '../roster/index.ts';
import { openWords } from '../language/index.ts';

const language = new URLSearchParams(window.location.search).get('lang') === 'en' ? 'en' : 'zh';
const words = await openWords({ features: ['roster', 'access', 'bus', 'cameras'], language });
words.i18n.use(initReactI18next);
initReactI18next.init(words.i18n);
document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';

const desk = createRosterDesk({
  pages: createRosterPages({ fetch: window.fetch.bind(window) }),
  timers: {
    afterMs(delayMs, run) {
      const timer = window.setTimeout(run, delayMs);
      return () => window.clearTimeout(timer);
    },
  },
  // Not every phone can, and some only after the page was touched: the card is there in any case.
  ring: () => void navigator.vibrate?.([400, 200, 400]),
});

createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <RosterPage desk={desk} />
  </StrictMode>,
);
