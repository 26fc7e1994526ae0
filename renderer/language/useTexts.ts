import { useTranslation } from 'react-i18next';
import type { Refusal } from '#contract/values/index.ts';
import { useRoom } from '../room/index.ts';
import { durationParts, type TimeStyle, timeText } from './timeText.ts';
import { refusalText } from './words.ts';

/** Words, times and names in the language that is shown, in the county's zone. */
export function useTexts() {
  const { t, i18n } = useTranslation();
  const timeZone = useRoom(({ county }) => county?.timeZone ?? 'Asia/Shanghai');
  const language = i18n.language;
  return {
    t,
    language,
    timeZone,
    /** The Chinese or the English name of something that has both. */
    nameOf: ({ name, nameEn }: { name: string; nameEn: string }) => (language === 'en' && nameEn !== '' ? nameEn : name),
    time: (atMs: number, style: TimeStyle) => timeText(atMs, { style, timeZone, language }),
    duration: (ms: number) => {
      const { key, count } = durationParts(ms);
      return t(`room:duration.${key}`, { count });
    },
    refusal: (refusal: Refusal) => refusalText(t, refusal),
    /** Several names in one sentence. */
    names: (values: readonly string[]) => new Intl.ListFormat(language === 'en' ? 'en-GB' : 'zh-CN', { style: 'narrow' }).format(values),
    number: (value: number) => new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'zh-CN').format(value),
  };
}
