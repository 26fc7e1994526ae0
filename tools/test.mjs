/**
 * `npm test`: sets up what the tests need, then runs every stage, also after a failure. `--quick`: types, format, lint and unit tests
 * only, with nothing but the npm packages set up. `--long`: the tests that have a long form, in that form. The last line says `N passed, N failed, N skipped`.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { node24Path, projectRoot } from './node24.mjs';
import { runCommand, SetupProblem } from './setup/command.mjs';
import { demoLoopsStep, electronStep, rendererStep } from './setup/builds.mjs';
import { node24Step, npmPackagesStep } from './setup/npmPackages.mjs';
import { setupSteps } from './setup/steps.mjs';
import { runSetup, tellProblems } from './setup.mjs';
import { countBoth, secondTry } from './test/secondTry.mjs';
import { allStages, countTests, lastLine, longStages, quickStages, reportOf } from './test/stages.mjs';

/** @typedef {import('./setup/steps.mjs').SetupStep} SetupStep */
/** @typedef {import('./test/stages.mjs').Stage} Stage */
/** @typedef {import('./test/stages.mjs').Counts} Counts */

await tellProblems(main);

async function main() {
  const isQuick = process.argv.includes('--quick');
  const only = process.argv.filter((word) => word.startsWith('--only=')).flatMap((word) => word.slice('--only='.length).split(','));
  const isLong = process.argv.includes('--long');
  await setUp(isQuick);
  const stages = (isQuick ? quickStages() : isLong ? longStages() : allStages()).filter(
    ({ name }) => only.length === 0 || only.includes(name),
  );
  if (stages.length === 0)
    throw new SetupProblem({
      what: 'No such stage.',
      todo: `Stages: ${allStages()
        .map(({ name }) => name)
        .join(', ')}`,
    });
  mkdirSync(path.join(projectRoot, 'test-results'), { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  const summary = [];
  /** @type {string[]} */
  const late = [];
  const jobs = [
    ...(isQuick || only.length > 0 ? [] : buildSteps().map((step) => () => runBuild(step))),
    ...stages.map((stage) => () => runStage(stage)),
  ];
  for (const job of jobs) {
    const { counts, line, passedLate = [] } = await job();
    late.push(...passedLate);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    summary.push(line);
  }
  console.log(`\n${summary.join('\n')}`);
  if (late.length > 0)
    console.log(`PASSED ONLY AT A SECOND TRY, which says that they or the product depend on chance:\n  ${late.join('\n  ')}`);
  console.log(lastLine(total));
  process.exit(total.failed === 0 ? 0 : 1);
}

/** @param {boolean} isQuick */
async function setUp(isQuick) {
  if (isQuick) return await runSetup({ steps: [npmPackagesStep(), node24Step()] });
  await runSetup({ steps: setupSteps({ uses: ['platform', 'kiosk', 'tests'], builds: [], demo: 'no' }) });
  if (!existsSync(path.join(projectRoot, 'node_modules/electron/dist/electron'))) {
    console.log('NOTE: the electron binary is not installed; the tests that open electron windows are SKIPPED (and counted as such).');
  }
}

/** What the tests look at; a build that fails is one failure among others, the stages run all the same. */
function buildSteps() {
  return [rendererStep(), electronStep(), demoLoopsStep()];
}

/**
 * @param {SetupStep} step
 * @returns {Promise<{ counts: Counts, line: string, passedLate?: readonly string[] }>}
 */
async function runBuild(step) {
  const startedAtMs = Date.now();
  let code = 0;
  try {
    await runSetup({ steps: [step] });
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    console.log(error.message);
    code = 1;
  }
  const counts = countTests({ stage: { name: step.name, args: [], limitMs: 0, counts: 'check' }, code, report: undefined });
  return { counts, line: summaryLine({ name: step.name, startedAtMs, counts }) };
}

/**
 * Runs a stage, and the few files that failed in it once more.
 * @param {Stage} stage
 * @returns {Promise<{ counts: Counts, line: string, passedLate: readonly string[] }>}
 */
async function runStage(stage) {
  console.log(`\n== ${stage.name}`);
  const startedAtMs = Date.now();
  const first = await runOnce(stage);
  const again = first.counts.failed === 0 ? null : secondTry({ stage, report: reportOf(stage) });
  if (again === null)
    return { counts: first.counts, line: summaryLine({ name: stage.name, startedAtMs, counts: first.counts }), passedLate: [] };
  console.log(`\n== ${stage.name}, once more, what failed:\n  ${again.failed.join('\n  ')}`);
  const second = await runOnce(again.stage);
  const counts = countBoth({ first: first.counts, second: second.counts });
  const stillFailed = new Set(secondTry({ stage: again.stage, report: reportOf(again.stage) })?.failed);
  const passedLate = second.counts.failed > 0 && stillFailed.size === 0 ? [] : again.failed.filter((name) => !stillFailed.has(name));
  return { counts, line: summaryLine({ name: stage.name, startedAtMs, counts }), passedLate };
}

/**
 * @param {Stage} stage
 * @returns {Promise<{ counts: Counts }>}
 */
async function runOnce(stage) {
  if (stage.report !== undefined) rmSync(stage.report, { force: true });
  const { code, output, timedOut } = await runCommand({
    file: node24Path() ?? process.execPath,
    args: stage.args,
    cwd: projectRoot,
    env: { ...process.env, ...stage.env },
    timeoutMs: stage.limitMs,
    echo: stage.counts === 'check' ? 'no' : 'yes',
  });
  if (stage.counts === 'check' && code !== 0) process.stdout.write(output);
  if (timedOut) console.log(`${stage.name} was stopped: it hung for ${Math.round(stage.limitMs / 60_000)} minutes`);
  return { counts: countTests({ stage, code, report: reportOf(stage) }) };
}

/** @param {{ name: string, startedAtMs: number, counts: Counts }} result */
function summaryLine({ name, startedAtMs, counts }) {
  const seconds = `${Math.round((Date.now() - startedAtMs) / 1000)} s`;
  return `${counts.failed === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(20)} ${seconds.padStart(6)}   ${lastLine(counts)}`;
}
