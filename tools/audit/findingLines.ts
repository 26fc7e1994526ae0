import { readFileSync } from 'node:fs';
import i18next from 'i18next';
import type { Finding, FolderVerified } from '#platform/audit/index.ts';

/** More than anybody reads; a record that was written anew has one for every row. */
const mostShown = 200;

type Words = (key: string, params?: Record<string, string | number>) => string;

/** What a check found, for people: one line per finding with feed and number, then the sum. */
export async function findingLines({
  verified,
  language,
}: {
  verified: FolderVerified;
  language: 'zh' | 'en';
}): Promise<readonly string[]> {
  const words = await openWords(language);
  const { findings, places, signed, hasKey } = verified;
  const lines = findings.slice(0, mostShown).map((finding) => {
    const what = words(`verify.${finding.code}`);
    return `${placeOf({ words, finding })}: ${what}`;
  });
  if (findings.length > mostShown) lines.push(words('verify.more', { count: findings.length - mostShown }));
  if (!hasKey) lines.push(words('verify.withoutKey'));
  if (signed === 0) lines.push(words('verify.withoutHeads'));
  const sum = { places, signed, count: findings.length };
  lines.push(words(findings.length === 0 ? 'verify.whole' : 'verify.found', sum));
  return lines;
}

function placeOf({ words, finding: { feed, seq, about } }: { words: Words; finding: Finding }): string {
  if (feed === null) return about;
  return `${words('verify.place', { feed, seq: seq ?? 0 })} (${about})`;
}

async function openWords(language: 'zh' | 'en'): Promise<Words> {
  const file = new URL(`../../assets/locales/${language}/audit.json`, import.meta.url);
  const audit: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const texts = i18next.createInstance();
  await texts.init({
    lng: language,
    ns: ['audit'],
    defaultNS: 'audit',
    resources: { [language]: { audit: audit as Record<string, string> } },
    interpolation: { escapeValue: false },
  });
  return (key, params) => texts.t(key, params ?? {});
}
