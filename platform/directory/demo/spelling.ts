import { pinyin } from 'pinyin-pro';
import type { Spelling } from '#contract/directory/index.ts';

/** What one types to find a Chinese name: pinyin without tones or gaps, and initials; digits and Latin letters stay, lower case. */
export function spellingOf(name: string): Spelling {
  const syllables = syllablesOf(name);
  return {
    pinyin: syllables.join(''),
    initials: syllables.map((syllable) => (/^[a-z]+$/.test(syllable) ? syllable.slice(0, 1) : syllable)).join(''),
  };
}

/** A Chinese place name in Latin letters as on road signs: 沿河 becomes Yanhe. */
export function romanised(name: string): string {
  const letters = syllablesOf(name).join('');
  return letters.slice(0, 1).toUpperCase() + letters.slice(1);
}

function syllablesOf(name: string): string[] {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true });
  return syllables.map((syllable) => syllable.replaceAll(/\s/g, '').toLowerCase()).filter((syllable) => syllable !== '');
}
