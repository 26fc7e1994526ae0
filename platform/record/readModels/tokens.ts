import type { SearchTerm } from './search.ts';

/**
 * How text is taken apart, the same way for what is found and for what is asked: lower case, compatibility forms folded, Chinese
 * characters in neighbouring pairs and alone, runs of Latin letters and digits as words. Everything else separates and is nothing.
 */
type Runs = { readonly chinese: readonly string[]; readonly latin: readonly string[] };

const runPattern = /(?<chinese>\p{Script=Han}+)|(?<latin>[[\p{L}\p{N}]--\p{Script=Han}]+)/gv;

function runsOf(text: string): Runs {
  const matches = [...text.normalize('NFKC').toLowerCase().matchAll(runPattern)];
  return {
    chinese: matches.flatMap(({ groups }) => groups?.['chinese'] ?? []),
    latin: matches.flatMap(({ groups }) => groups?.['latin'] ?? []),
  };
}

/** Tokens of one document: `texts` are read as they are, `wholes` are ids, also found without their separators and by their last digits. */
export function tokensOf({ texts, wholes = [] }: { texts: readonly string[]; wholes?: readonly string[] }) {
  const all = [...texts, ...wholes].map(runsOf);
  const chinese = all.flatMap((runs) => runs.chinese);
  const words = new Set([...all.flatMap(({ latin }) => latin.flatMap(partsOf)), ...wholes.flatMap(wholesOf)]);
  return {
    pairs: chinese
      .map((run) => pairsOf(run).join(' '))
      .filter((run) => run !== '')
      .join(' x '),
    characters: [...new Set(chinese.flatMap((run) => [...run]))].join(' '),
    words: [...words].join(' '),
  };
}

/** What a document must have to answer a question; none = there is nothing in it that one could look for. */
export function termsOf(text: string): readonly SearchTerm[] {
  const { chinese, latin } = runsOf(text);
  return [
    ...chinese.map((run): SearchTerm => {
      const tokens = pairsOf(run);
      return tokens.length === 0 ? { kind: 'character', token: run } : { kind: 'pairs', tokens };
    }),
    ...latin.map((token): SearchTerm => ({ kind: 'begins', token })),
  ];
}

/** Initials are also found from their second, third ... letter on: 东门广场 by dmgc and by gc. */
export function endsOf(word: string): readonly string[] {
  return Array.from({ length: Math.max(0, word.length - 1) }, (_, at) => word.slice(at));
}

function pairsOf(run: string): readonly string[] {
  const characters = [...run];
  return characters.slice(1).map((character, at) => `${characters[at] ?? ''}${character}`);
}

/** A run of letters and digits, and its parts where they change: `k12south` is also found by `12` and `south`. */
function partsOf(run: string): readonly string[] {
  return [run, ...(run.match(/\p{N}+|[^\p{N}]+/gu) ?? [])];
}

/** People name a long number by its last digits. */
const endingLengths = [4, 5, 6, 7, 8];

function wholesOf(id: string): readonly string[] {
  const squeezed = runsOf(id).latin.join('');
  const isLongNumber = /^\d{9,}$/.test(squeezed);
  return squeezed === '' ? [] : [squeezed, ...(isLongNumber ? endingLengths.map((length) => squeezed.slice(-length)) : [])];
}
