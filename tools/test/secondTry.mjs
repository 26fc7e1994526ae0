/** What of a stage is tried once more, alone: a few files of tests that failed among many, as they do where real processes share a busy machine. */
import path from 'node:path';
import { projectRoot } from '../node24.mjs';

/** @typedef {import('./stages.mjs').Stage} Stage */
/** @typedef {import('./stages.mjs').Counts} Counts */

// More than this is no chance: something is broken, and is told at once.
const filesAtMost = 3;

/**
 * The stage with the files alone whose tests failed, and those tests' names; null where nothing, or too much, failed, or a check did.
 * @param {{ stage: Stage, report: string | undefined }} outcome report: content of the first try's report file
 * @returns {{ stage: Stage, failed: readonly string[] } | null}
 */
export function secondTry({ stage, report }) {
  if (stage.counts === 'check' || stage.report === undefined || report === undefined) return null;
  const failed = stage.counts === 'vitest' ? failedOfVitest(report) : failedOfPlaywright(report);
  const files = [...new Set(failed.map(({ file }) => file))];
  if (files.length === 0 || files.length > filesAtMost) return null;
  const again = stage.report.replace(/\.json$/, '.again.json');
  const args = stage.args.map((word) => word.replace(stage.report ?? word, again));
  const env = Object.fromEntries(Object.entries(stage.env ?? {}).map(([key, value]) => [key, value === stage.report ? again : value]));
  return {
    stage: { ...stage, args: [...args, ...files], env, report: again },
    failed: failed.map(({ file, name }) => (name === '' ? file : `${file} > ${name}`)),
  };
}

/**
 * Both tries as one: what passed at the second try passed.
 * @param {{ first: Counts, second: Counts }} tries
 * @returns {Counts}
 */
export function countBoth({ first, second }) {
  return { passed: first.passed + Math.max(0, first.failed - second.failed), failed: second.failed, skipped: first.skipped };
}

/** @typedef {{ file: string, name: string }} FailedTest name: empty = the file as a whole */

/**
 * @param {string} report
 * @returns {FailedTest[]}
 */
function failedOfVitest(report) {
  /** @type {{ testResults: { name: string, status: string, assertionResults: { fullName: string, status: string }[] }[] }} */
  const { testResults } = JSON.parse(report);
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, assertionResults }) => {
      const file = path.relative(projectRoot, name);
      const tests = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => ({ file, name: fullName }));
      return tests.length === 0 ? [{ file, name: '' }] : tests;
    });
}

/** @typedef {{ file: string, specs?: { title: string, ok: boolean }[], suites?: Suite[] }} Suite */

/**
 * @param {string} report
 * @returns {FailedTest[]}
 */
function failedOfPlaywright(report) {
  /** @type {{ config: { rootDir: string }, suites: Suite[] }} */
  const { config, suites } = JSON.parse(report);
  /** @type {(suite: Suite) => FailedTest[]} */
  const failedIn = ({ file, specs = [], suites: inner = [] }) => [
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ title }) => ({ file: path.relative(projectRoot, path.resolve(config.rootDir, file)), name: title })),
    ...inner.flatMap(failedIn),
  ];
  return suites.flatMap(failedIn);
}
