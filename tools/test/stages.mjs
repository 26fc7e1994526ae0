/** The stages of `npm test`: what runs, how its tests are counted. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../node24.mjs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {readonly string[]} args for Node 24
 * @property {number} limitMs far beyond what a slow machine needs: only a hang reaches it
 * @property {'check' | 'vitest' | 'playwright'} counts a check counts as one
 * @property {string} [report] file with the JSON report of vitest or playwright
 * @property {NodeJS.ProcessEnv} [env]
 */

const minuteMs = 60_000;
const reports = path.join(projectRoot, 'test-results');

/** @returns {Stage[]} */
export function quickStages() {
  return [
    { name: 'types', args: ['node_modules/typescript/bin/tsc', '-b', '--pretty', 'false'], limitMs: 10 * minuteMs, counts: 'check' },
    { name: 'format', args: ['node_modules/@biomejs/biome/bin/biome', 'format', '.'], limitMs: 5 * minuteMs, counts: 'check' },
    {
      name: 'lint',
      args: ['node_modules/oxlint/bin/oxlint', '--deny-warnings', '--format', 'unix'],
      limitMs: 10 * minuteMs,
      counts: 'check',
    },
    vitestStage({ project: 'unit', limitMs: 20 * minuteMs }),
  ];
}

/** @returns {Stage[]} */
export function allStages() {
  const checks = ['twins', 'docs', 'faults', 'locales', 'words', 'comments'].map(
    (name) => /** @type {Stage} */ ({ name, args: [`tools/checks/${name}.mjs`], limitMs: 5 * minuteMs, counts: 'check' }),
  );
  const quick = quickStages();
  return [
    ...quick.slice(0, 3),
    { name: 'unused code', args: ['node_modules/knip/bin/knip.js', '--no-progress'], limitMs: 5 * minuteMs, counts: 'check' },
    ...checks,
    ...quick.slice(3),
    vitestStage({ project: 'layers', limitMs: 20 * minuteMs }),
    vitestStage({ project: 'integration', limitMs: 40 * minuteMs }),
    playwrightStage(),
  ];
}

/**
 * The tests that have a long form, in that form: the full figures of docs/protocol.md. Hours, not minutes.
 * @returns {Stage[]}
 */
export function longStages() {
  return ['unit', 'integration'].map((project) => ({
    ...vitestStage({ project, limitMs: 600 * minuteMs }),
    env: { COMMANDWALL_LONG: '1' },
  }));
}

/**
 * @param {{ project: string, limitMs: number }} options
 * @returns {Stage}
 */
function vitestStage({ project, limitMs }) {
  const report = path.join(reports, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return {
    name: project,
    args: ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...reporters],
    limitMs,
    counts: 'vitest',
    report,
  };
}

/** @returns {Stage} */
function playwrightStage() {
  const report = path.join(reports, 'e2e.json');
  return {
    name: 'e2e',
    args: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json', '--output', 'test-results/e2e'],
    limitMs: 40 * minuteMs,
    counts: 'playwright',
    report,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  };
}

/**
 * What a stage's report says. A stage that ended badly without a failed test to show for it counts as one failure: a crash, a hang, a
 * file that does not load.
 * @param {{ stage: Stage, code: number, report: string | undefined }} outcome report: content of the report file, if it was written
 * @returns {Counts}
 */
export function countTests({ stage, code, report }) {
  const isGood = code === 0;
  if (stage.counts === 'check') return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0 };
  const counts = report === undefined ? { passed: 0, failed: 0, skipped: 0 } : readReport({ kind: stage.counts, report });
  if (!isGood && counts.failed === 0) return { ...counts, failed: 1 };
  // No report although all is said to be well: nothing was proven.
  if (isGood && report === undefined) return { ...counts, failed: 1 };
  return counts;
}

/**
 * @param {{ kind: 'vitest' | 'playwright', report: string }} options
 * @returns {Counts}
 */
function readReport({ kind, report }) {
  const parsed = JSON.parse(report);
  if (kind === 'vitest') {
    return { passed: parsed.numPassedTests, failed: parsed.numFailedTests, skipped: parsed.numPendingTests + parsed.numTodoTests };
  }
  const { expected, unexpected, flaky, skipped } = parsed.stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/** @param {Stage} stage */
export function reportOf(stage) {
  return stage.report !== undefined && existsSync(stage.report) ? readFileSync(stage.report, 'utf8') : undefined;
}

/**
 * The last line of a run.
 * @param {Counts} counts
 */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
