import { readFileSync } from 'node:fs';
import i18next from 'i18next';
import type { PackManifest } from '#contract/map/index.ts';
import type { Result } from '#contract/values/index.ts';

/** What came of bringing a pack, for people. */
export async function packLines({ put, language }: { put: Result<PackManifest>; language: 'zh' | 'en' }): Promise<readonly string[]> {
  const words = await openWords(language);
  if (!put.ok) return [words(`refusals.${put.refusal.code.split('.')[1]}`, put.refusal.params), `(${put.refusal.code})`];
  const { name, nameEn, files, contentHash } = put.value;
  const megabytes = (files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1);
  return [
    words('pack.taken', { county: language === 'zh' ? name : nameEn, files: files.length, megabytes, hash: contentHash.slice(0, 12) }),
  ];
}

async function openWords(language: 'zh' | 'en') {
  const file = new URL(`../../assets/locales/${language}/map.json`, import.meta.url);
  const map: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const texts = i18next.createInstance();
  await texts.init({
    ...{ lng: language, ns: ['map'], defaultNS: 'map' },
    resources: { [language]: { map: map as Record<string, string> } },
    interpolation: { escapeValue: false },
  });
  return (key: string, params: Readonly<Record<string, string | number>> = {}): string => texts.t(key, params);
}
