/** The check of docs/faults.md: all forty things to try are there, and the lettered ones, each with a test that exists or with what it waits for. */
import { runAsCommand } from './findings.mjs';

/** @typedef {import('./findings.mjs').Tree} Tree */

const page = 'docs/faults.md';
/** docs/safety.md, "Forty things to try". */
const howMany = 40;

/**
 * @param {Tree} tree
 * @returns {string[]}
 */
export function checkFaults(tree) {
  const rows = [...tree.read(page).matchAll(/^\| (\d+) \|.*$/gm)].map(([text, number]) => ({ text, number: Number(number) }));
  const lettered = [...tree.read(page).matchAll(/^\| ([A-Z]\d+) \|.*$/gm)].map(([text, number]) => ({ text, number }));
  const wanted = Array.from({ length: howMany }, (_, index) => index + 1);
  return [
    ...wanted
      .filter((number) => rows.filter((row) => row.number === number).length !== 1)
      .map((number) => `${page}: thing ${number} has not exactly one row`),
    ...[...rows, ...lettered].flatMap((row) => wrongsOf({ tree, ...row })),
  ];
}

/** @param {{ tree: Tree, text: string, number: number | string | undefined }} row */
function wrongsOf({ tree, text, number }) {
  const named = [...text.matchAll(/`([^`]+)` › ([^|<]+)/g)].map(([, file = '', name = '']) => ({ file, name: name.trim() }));
  if (named.length === 0 && !text.includes('not built:'))
    return [`${page}: thing ${number} names no test and does not say what it waits for`];
  return named
    .filter((test) => !isThere({ tree, ...test }))
    .map(({ file, name }) => `${page}: thing ${number}: ${file} has no test "${name}"`);
}

/** @param {{ tree: Tree, file: string, name: string }} test */
function isThere({ tree, file, name }) {
  // A name stands in the source between its quotes, whole.
  return tree.files.includes(file) && ["'", '"', '`'].some((quote) => tree.read(file).includes(`${quote}${name}${quote}`));
}

runAsCommand({ module: import.meta.url, name: 'faults', check: checkFaults });
