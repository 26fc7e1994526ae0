import { readFileSync } from 'node:fs';
import i18next from 'i18next';
import type { WriteMark } from './ports.ts';

const languages = ['zh', 'en'] as const;

/** What is burned into pictures, in the product's own words and the county's time (IANA zone). */
export async function openMarkWords(timeZone: string): Promise<WriteMark> {
  const texts = i18next.createInstance();
  await texts.init({
    ns: ['evidence'],
    defaultNS: 'evidence',
    fallbackLng: false,
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(languages.map((language) => [language, { evidence: wordsOf(language) }])),
  });
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });

  return ({ language, camera, picture: { atMs, isProven, rendition }, by, reason }) => {
    const t = texts.getFixedT(language, 'evidence');
    const at = `${day.format(atMs)}.${String(atMs % 1000).padStart(3, '0')}`;
    const name = language === 'en' && camera.nameEn !== '' ? camera.nameEn : camera.name;
    const why = [t(`evidence:reason.${reason.kind}`), reason.reference ?? ''].filter((part) => part !== '').join(' ');
    return {
      lines: [
        [camera.number, name, rendition === 'masked' ? t('evidence:mark.masked') : ''].filter((part) => part !== '').join(' '),
        t('evidence:mark.at', { at, zone: timeZone, proof: t(isProven ? 'evidence:mark.proven' : 'evidence:mark.unproven') }),
        t('evidence:mark.by', { name: by.name, desk: by.deskId, reason: why }),
      ],
      trace: `${by.name} · ${by.deskId.slice(0, deskBeginning)} · ${day.format(atMs)}`,
    };
  };
}

/** As in the live picture's mark: the beginning tells a desk from the county's others and leaves room for the rest. */
const deskBeginning = 13;

function wordsOf(language: (typeof languages)[number]): Record<string, string> {
  const file = new URL(`../../assets/locales/${language}/evidence.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}
