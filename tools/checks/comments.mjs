/** The comment check: what other folders read is explained where it is declared (style: shapes, units, errors, source). */
import { lineAt, runAsCommand } from './findings.mjs';

/** @typedef {import('./findings.mjs').Tree} Tree */

/** The contract as a whole, the ports, and what an index.ts declares itself. */
const readByOthers = /^contract\/.*\.ts$|^(main|platform|renderer|kiosk|electron)\/(.*\/)?(ports|index)\.ts$/;

/** A type that only names what a schema above it holds needs no words of its own. */
const inferredType = /^export type (\w+) = z\.(infer|output|input)<typeof \w+>/;

/**
 * @param {Tree} tree
 * @returns {string[]}
 */
export function checkComments(tree) {
  return tree.files
    .filter((file) => readByOthers.test(file) && !file.endsWith('.test.ts'))
    .flatMap((file) => uncommented({ file, text: tree.read(file) }));
}

/** @param {{ file: string, text: string }} source */
function uncommented({ file, text }) {
  const exports = text.matchAll(/^export (?:declare )?(?:async )?(?:const|let|function\*?|class|abstract class|type|interface) (\w+).*$/gm);
  return [...exports].flatMap((match) => {
    if (inferredType.test(match[0])) return [];
    const before = text.slice(0, match.index).trimEnd();
    if (before.endsWith('*/')) return [];
    return [`${file}:${lineAt({ text, offset: match.index })}: ${match[1]} is read by other folders and has no doc comment`];
  });
}

runAsCommand({ module: import.meta.url, name: 'comments', check: checkComments });
