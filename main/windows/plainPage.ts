import en from '#assets/locales/en/windows.json' with { type: 'json' };
import zh from '#assets/locales/zh/windows.json' with { type: 'json' };
import type { Language } from '#contract/bridge/index.ts';
import type { Slot } from './planWindows.ts';

const texts = { zh, en } as const satisfies Record<Language, unknown>;

/** What a window says whose page cannot be shown (ux.md: what happened, what it affects, what was done, what you can do, a code). */
export function plainPageLines(options: { language: Language; slot: Slot; deaths: number; minutes: number }): readonly string[] {
  const { language, slot, deaths, minutes } = options;
  const { broken } = texts[language];
  const title = slot === 'console' ? broken.console : broken.wall;
  return [title, broken.happened, broken.affects, broken.doing, broken.todo].map((line) =>
    line.replaceAll('{{deaths}}', String(deaths)).replaceAll('{{minutes}}', String(minutes)),
  );
}
