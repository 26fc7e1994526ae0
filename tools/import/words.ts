import { readFileSync } from 'node:fs';
import i18next from 'i18next';

/** Texts in one language: keys of `directory`, and with their feature in front (`cameras:grade.good`) those of cameras and room. */
export type Words = (key: string, params?: Record<string, string | number>) => string;

const features = ['directory', 'cameras', 'room'] as const;

export async function openWords(language: 'zh' | 'en'): Promise<Words> {
  const textsOf = (feature: string): Record<string, string> => {
    const file = new URL(`../../assets/locales/${language}/${feature}.json`, import.meta.url);
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  };
  const texts = i18next.createInstance();
  await texts.init({
    lng: language,
    ns: [...features],
    defaultNS: 'directory',
    resources: { [language]: Object.fromEntries(features.map((feature) => [feature, textsOf(feature)])) },
    interpolation: { escapeValue: false },
  });
  return (key, params) => texts.t(key, params ?? {});
}
