import { readFileSync } from 'node:fs';
import i18next from 'i18next';

/** The texts of the directory in one language; keys of `directory`. */
export type Words = (key: string, params?: Record<string, string | number>) => string;

export async function openWords(language: 'zh' | 'en'): Promise<Words> {
  const file = new URL(`../../assets/locales/${language}/directory.json`, import.meta.url);
  const directory: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const texts = i18next.createInstance();
  await texts.init({
    lng: language,
    ns: ['directory'],
    defaultNS: 'directory',
    resources: { [language]: { directory: directory as Record<string, string> } },
    interpolation: { escapeValue: false },
  });
  return (key, params) => texts.t(key, params ?? {});
}
