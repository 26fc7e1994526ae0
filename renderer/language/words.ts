import i18next, { type i18n, type TFunction } from 'i18next';
import type { Language } from '#contract/bridge/index.ts';
import type { Refusal } from '#contract/values/index.ts';

type Texts = { readonly default: Record<string, unknown> };

// One small chunk per language and feature, fetched when that language is first shown.
const files = import.meta.glob<Texts>('../../assets/locales/*/*.json');

/** Features whose texts a window can show: the names of the files under assets/locales/<language>/. */
export type TextFeature =
  | 'room'
  | 'cameras'
  | 'wall'
  | 'console'
  | 'access'
  | 'directory'
  | 'bus'
  | 'link'
  | 'record'
  | 'responders'
  | 'map'
  | 'selection'
  | 'incidents'
  | 'audit'
  | 'roster'
  | 'search'
  | 'evidence';

/** Texts of one window: i18next with lazily fetched languages. */
export type Words = { readonly i18n: i18n; show(language: Language): Promise<void> };

/** Makes the words for a window that needs these features. */
export async function openWords({ features, language }: { features: readonly TextFeature[]; language: Language }): Promise<Words> {
  const i18n = i18next.createInstance();
  await i18n.init({
    ns: [...features],
    defaultNS: 'room',
    fallbackLng: false,
    lng: language,
    interpolation: { escapeValue: false },
    resources: { [language]: await textsOf({ features, language }) },
  });
  return {
    i18n,
    show: async (next) => {
      if (i18n.language === next) return;
      const texts = await textsOf({ features, language: next });
      for (const [feature, content] of Object.entries(texts)) i18n.addResourceBundle(next, feature, content, true, true);
      await i18n.changeLanguage(next);
    },
  };
}

async function textsOf({ features, language }: { features: readonly TextFeature[]; language: Language }) {
  const loaded = features.map(async (feature) => {
    const load = files[`../../assets/locales/${language}/${feature}.json`];
    if (load === undefined) throw new Error(`no texts for ${feature} in ${language}`);
    return [feature, (await load()).default] as const;
  });
  return Object.fromEntries(await Promise.all(loaded));
}

/** A refusal as a sentence: codes are `<feature>.<reason>` and name the text; an unknown one says its code, never nothing. */
export function refusalText(t: TFunction, { code, params }: Refusal): string {
  const [feature, reason] = code.split('.', 2);
  return t([`${feature}:refusals.${reason}`, 'room:refusals.unexplained'], { code, ...params });
}
