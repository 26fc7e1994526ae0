/** Words that must not be in the project: registry hosts, paths of one machine, banned file names. */
import { lineAt, runAsCommand } from './findings.mjs';

/** @typedef {import('./findings.mjs').Tree} Tree */

/** Written in parts, so that this file does not find itself. */
const registryHosts = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['registry', 'npmmirror', 'com'],
  ['npm', 'taobao', 'org'],
].map((parts) => parts.join('\\.'));
const machineFolders = ['home/[a-z]\\w*', 'Users/[A-Za-z]\\w*', 'root/', ['wo', 'rk/'].join(''), ['tmp/', 'sp/'].join('')];

/** @type {readonly { pattern: RegExp, why: string }[]} */
const forbidden = [
  { pattern: new RegExp(registryHosts.join('|'), 'gi'), why: 'a registry host: every machine has its own mirror' },
  { pattern: new RegExp(`(?<![\\w.:/~-])/(?:${machineFolders.join('|')})`, 'g'), why: 'a path of one machine' },
];

/** Vocabulary: banned as names. */
const bannedNames = /(?:^(?:manager|helper|util|info|item|misc|common|base|data)|(?:Manager|Helper|Util|Info|Misc|Data))s?(?:\.[a-z]+)*$/;

const binaryEndings = /\.(png|jpe?g|webp|gif|ico|woff2?|mp4|m4s|ttf|otf|pbf|pmtiles|zip|gz|wasm|wav|ogg|mp3)$/i;

/** Made by npm, not by us. */
const generated = new Set(['package-lock.json']);

/**
 * @param {Tree} tree
 * @returns {string[]}
 */
export function checkWords(tree) {
  const texts = tree.files.filter((file) => !binaryEndings.test(file));
  return [
    ...texts.flatMap((file) => wordsIn({ tree, file })),
    ...tree.files.filter((file) => !file.startsWith('test/layers/fixtures/')).flatMap(badNames),
  ];
}

/**
 * @param {{ tree: Tree, file: string }} options
 * @returns {string[]}
 */
function wordsIn({ tree, file }) {
  const text = tree.read(file);
  return forbidden
    .filter(({ why }) => !(generated.has(file) && why.startsWith('a path')))
    .flatMap(({ pattern, why }) =>
      [...text.matchAll(pattern)].map((match) => `${file}:${lineAt({ text, offset: match.index })}: ${match[0]} is ${why}`),
    );
}

/**
 * @param {string} file
 * @returns {string[]}
 */
function badNames(file) {
  const parts = file.split('/');
  const isOurs = /\.(ts|tsx|mjs|cjs|css)$/.test(file);
  return isOurs
    ? parts.filter((part) => bannedNames.test(part)).map((part) => `${file}: "${part}" says nothing about what it is; see the vocabulary`)
    : [];
}

runAsCommand({ module: import.meta.url, name: 'words', check: checkWords });
