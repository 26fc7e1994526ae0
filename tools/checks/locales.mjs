/** The language check: Chinese and English say the same things, and the code asks for nothing else. */
import { runAsCommand } from './findings.mjs';
import { localeUse } from './localeUse.mjs';

/** @typedef {import('./findings.mjs').Tree} Tree */

/** Chinese first: its keys are the ones that count. */
const languages = /** @type {const} */ (['zh', 'en']);

/** i18next's plural endings (its documentation, "Plurals"): the code asks for the key without them. */
const pluralEnding = /_(zero|one|two|few|many|other)$/;

/**
 * Keys are `<file>:<path>` with the file's name as i18next namespace.
 * @param {Tree} tree
 * @returns {string[]}
 */
export function checkLocales(tree) {
  const texts = new Map(languages.map((language) => [language, textsOf({ tree, language })]));
  const chinese = texts.get('zh') ?? new Map();
  const english = texts.get('en') ?? new Map();
  return [
    ...difference(chinese, english).map((key) => `assets/locales/en: ${key} is missing (zh has it)`),
    ...difference(english, chinese).map((key) => `assets/locales/zh: ${key} is missing (en has it)`),
    ...[...chinese, ...english].filter(([, text]) => text.trim() === '').map(([key]) => `assets/locales: ${key} is empty`),
    ...placeholderDifferences({ chinese, english }),
    ...keysAgainstCode({ tree, keys: new Set(chinese.keys()) }),
    ...unexplainedRefusals({ tree, keys: new Set(chinese.keys()) }),
  ];
}

/**
 * @param {{ tree: Tree, language: string }} options
 * @returns {Map<string, string>}
 */
function textsOf({ tree, language }) {
  const files = tree.files.filter((file) => file.startsWith(`assets/locales/${language}/`) && file.endsWith('.json'));
  return new Map(
    files.flatMap((file) => flatten({ value: JSON.parse(tree.read(file)), path: `${file.split('/').at(-1)?.replace('.json', '')}:` })),
  );
}

/**
 * @param {{ value: unknown, path: string }} node
 * @returns {[string, string][]}
 */
function flatten({ value, path }) {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [[path, '']];
  return Object.entries(value).flatMap(([key, child]) =>
    flatten({ value: child, path: path.endsWith(':') ? path + key : `${path}.${key}` }),
  );
}

/**
 * @param {ReadonlyMap<string, string>} has
 * @param {ReadonlyMap<string, string>} other
 */
function difference(has, other) {
  const others = new Set([...other.keys()].map(withoutPlural));
  return [...new Set([...has.keys()].map(withoutPlural))].filter((key) => !others.has(key));
}

/** @param {string} key */
function withoutPlural(key) {
  return key.replace(pluralEnding, '');
}

/** @param {{ chinese: ReadonlyMap<string, string>, english: ReadonlyMap<string, string> }} options */
function placeholderDifferences({ chinese, english }) {
  const names = (/** @type {string} */ text) =>
    [...new Set([...text.matchAll(/\{\{-?\s*(\w+)/g)].map((match) => match[1] ?? ''))].sort().join(', ');
  return [...chinese].flatMap(([key, text]) => {
    const other = english.get(key);
    if (other === undefined || names(text) === names(other)) return [];
    return [`assets/locales: ${key} has the places {${names(text)}} in zh and {${names(other)}} in en`];
  });
}

/** @param {{ tree: Tree, keys: ReadonlySet<string> }} options */
function keysAgainstCode({ tree, keys }) {
  if (keys.size === 0) return [];
  const plain = new Set([...keys].map(withoutPlural));
  const sources = tree.files.filter(
    (file) => /^(renderer|main|kiosk|electron|contract|platform|tools)\/.*\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file),
  );
  const uses = sources.map((file) => ({ file, ...localeUse({ text: tree.read(file), keys: plain }) }));
  const used = new Set(uses.flatMap((use) => use.used));
  return [
    ...uses.flatMap(({ file, unknown }) => unknown.map((key) => `${file}: t('${key}') asks for a text that zh does not have`)),
    ...[...plain].filter((key) => !used.has(key)).map((key) => `assets/locales/zh: ${key} is used nowhere`),
  ];
}

/**
 * Every refusal of the contract is a sentence for people: code `<feature>.<reason>`, text `<feature>:refusals.<reason>`.
 * @param {{ tree: Tree, keys: ReadonlySet<string> }} options
 */
function unexplainedRefusals({ tree, keys }) {
  if (keys.size === 0) return [];
  const plain = new Set([...keys].map(withoutPlural));
  const unions = tree.files
    .filter((file) => /^contract\/.*\.ts$/.test(file))
    .flatMap((file) => [...tree.read(file).matchAll(/^export type \w*RefusalCode =([^;]*);/gm)].map((match) => match[1] ?? ''));
  const codes = new Set(
    unions.flatMap((union) => [...union.matchAll(/'(\w+)\.(\w+)'/g)].map((match) => `${match[1]}:refusals.${match[2]}`)),
  );
  return [...codes]
    .filter((key) => !plain.has(key))
    .map((key) => `assets/locales/zh: ${key} is missing; the contract refuses with that code`);
}

runAsCommand({ module: import.meta.url, name: 'locales', check: checkLocales });
