/** Commands in documents: the script exists, and so do the options, stages and benchmarks that stand behind it. */
import { startOptionTable } from '../startOptions.mjs';
import { allStages } from '../test/stages.mjs';
import { lineAt } from './findings.mjs';

/** @typedef {import('./findings.mjs').Tree} Tree */

/**
 * @param {{ tree: Tree, file: string, text: string }} options
 * @returns {string[]}
 */
export function unknownCommands({ tree, file, text }) {
  /** @type {Record<string, string>} */
  const scripts = JSON.parse(tree.read('package.json') || '{}').scripts ?? {};
  return [...text.matchAll(/\bnpm (?:run (?:-s )?([a-z][\w:-]*)|(start|test)\b)(?: -- ([^\n`|)]*))?/g)].flatMap((match) => {
    const [, run, short, words = ''] = match;
    const name = run ?? short ?? '';
    const command = run === undefined ? `npm ${name}` : `npm run ${name}`;
    const wrong = scripts[name] === undefined ? [`${command} is no script of package.json`] : wrongWords({ tree, name, command, words });
    return wrong.map((what) => `${file}:${lineAt({ text, offset: match.index })}: ${what}`);
  });
}

/**
 * @param {{ tree: Tree, name: string, command: string, words: string }} options words: what stands behind `--`
 * @returns {string[]}
 */
function wrongWords({ tree, name, command, words }) {
  const options = [...words.matchAll(/(?<!\S)--[a-z-]+/g)].map(([word]) => word);
  if (name === 'start') {
    const known = new Set([...startOptionTable.map((option) => option.name), '--help']);
    return options.filter((option) => !known.has(option)).map((option) => `${command} has no option ${option}`);
  }
  if (name === 'test') {
    const stages = new Set(allStages().map((stage) => stage.name));
    const asked = [...words.matchAll(/--only=([\w,]+)/g)].flatMap((match) => (match[1] ?? '').split(','));
    return asked.filter((stage) => !stages.has(stage)).map((stage) => `${command} has no stage ${stage}`);
  }
  if (name === 'bench') return wrongBench({ tree, command, options, bench: /^[a-z]+/.exec(words)?.[0] });
  return [];
}

/**
 * @param {{ tree: Tree, command: string, options: readonly string[], bench: string | undefined }} asked
 * @returns {string[]}
 */
function wrongBench({ tree, command, options, bench }) {
  if (bench === undefined) return [];
  const folder = `test/bench/${bench}/`;
  if (!tree.files.includes(`${folder}bench.ts`)) return [`${command} has no benchmark ${bench}`];
  const sources = tree.files.filter((file) => file.startsWith(folder) || /^test\/bench\/[^/]+\.ts$/.test(file)).map(tree.read);
  // As it is written where options are read: '--reps', or reps: { type: ... }.
  const isRead = (/** @type {string} */ option) =>
    sources.some(
      (text) => text.includes(`'${option}'`) || text.includes(`${option.slice(2)}: {`) || text.includes(`'${option.slice(2)}': {`),
    );
  return options.filter((option) => !isRead(option)).map((option) => `${command} -- ${bench} has no option ${option}`);
}
