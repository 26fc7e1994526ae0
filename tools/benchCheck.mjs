/**
 * `npm run -s bench -- NAME --json | node tools/benchCheck.mjs NAME [KEY ...]`: reads the JSON line that a benchmark prints last and says
 * which targets of docs/benchmarks.json are met. Exit 0 when all asked keys are met, 1 when one is short, 2 when there is nothing to read.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './node24.mjs';

/** @typedef {{ min?: number, max?: number, says: string }} Target */
/** @typedef {{ key: string, isMet: boolean, line: string }} Verdict */

/**
 * The ratios of the last line of a benchmark's output; undefined when that line is none.
 * @param {string} output
 * @returns {Record<string, unknown> | undefined}
 */
export function readRatios(output) {
  return readPart(output, 'ratios');
}

/**
 * What that line says of keys that it has no ratio for (test/bench/wall/ratios.ts, `Bound`).
 * @param {string} output
 * @returns {Record<string, unknown>}
 */
export function readBounds(output) {
  return readPart(output, 'bounds') ?? {};
}

/**
 * @param {string} output
 * @param {'ratios' | 'bounds'} part
 * @returns {Record<string, unknown> | undefined}
 */
function readPart(output, part) {
  try {
    const { [part]: found } = JSON.parse(output.trim().split('\n').at(-1) ?? '');
    return typeof found === 'object' && found !== null ? found : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A key that was not measured is short, not met.
 * @param {{ targets: Record<string, Target>, ratios: Record<string, unknown>, only: readonly string[] }} options
 * @returns {Verdict[]}
 */
export function judge({ targets, ratios, only }) {
  return Object.entries(targets)
    .filter(([key]) => only.length === 0 || only.includes(key))
    .map(([key, { min, max, says }]) => {
      const value = ratios[key];
      const isMet = typeof value === 'number' && value <= (max ?? Number.POSITIVE_INFINITY) && value >= (min ?? Number.NEGATIVE_INFINITY);
      const bound = max === undefined ? `>= ${min}` : `<= ${max}`;
      return {
        key,
        isMet,
        line: `${isMet ? 'met  ' : 'short'} ${key} ${typeof value === 'number' ? value : 'missing'} (${bound}) ${says}`,
      };
    });
}

function main() {
  const [name = '', ...only] = process.argv.slice(2);
  const targets = JSON.parse(readFileSync(path.join(projectRoot, 'docs/benchmarks.json'), 'utf8'))[name];
  const output = readFileSync(0, 'utf8');
  const ratios = readRatios(output);
  if (targets === undefined || ratios === undefined) {
    console.error(targets === undefined ? `no benchmark is called "${name}"` : 'the last line is not the JSON of a benchmark');
    process.exit(2);
  }
  const verdicts = judge({ targets, ratios, only });
  const unknown = only.filter((key) => !Object.hasOwn(targets, key));
  for (const { line } of verdicts) console.log(line);
  for (const [key, bound] of Object.entries(readBounds(output))) console.log(`      ${key}: no key, but ${JSON.stringify(bound)}`);
  for (const key of unknown) console.log(`short ${key} is no target of ${name}`);
  const met = verdicts.filter(({ isMet }) => isMet).length;
  console.log(`${met} of ${verdicts.length + unknown.length} met`);
  process.exit(met === verdicts.length && unknown.length === 0 ? 0 : 1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
