/**
 * Sets the project up: `node tools/setup.mjs [--tests]`. Each step is skipped when it is done, and with nothing to do no network
 * is touched. Plain JavaScript with built-ins of Node >= 20 only, because it runs before anything is installed.
 */
import { pathToFileURL } from 'node:url';
import { projectRoot } from './node24.mjs';
import { SetupProblem } from './setup/command.mjs';
import { takeSetup } from './setup/lock.mjs';
import { createProgress } from './setup/progress.mjs';
import { explainFailure } from './setup/reasons.mjs';
import { setupSteps } from './setup/steps.mjs';

/** @typedef {import('./setup/steps.mjs').SetupStep} SetupStep */

/**
 * Does what is missing, in order, and tells it. Throws SetupProblem at the first step that fails. Who finds somebody else at it
 * in the same tree waits, and then does what is still missing.
 * @param {{ steps: readonly SetupStep[], out?: import('./setup/progress.mjs').Screen, root?: string }} options
 */
export async function runSetup({ steps, out = process.stdout, root = projectRoot }) {
  const skipped = [];
  /** @type {(() => void) | undefined} */
  let release;
  const onWait = (/** @type {number} */ pid) => out.write(`set-up: process ${pid} sets up the same folder; waiting for it\n`);
  try {
    for (const [index, step] of steps.entries()) {
      let missing = await step.missing();
      if (missing !== undefined && release === undefined) {
        release = await takeSetup({ root, onWait });
        missing = await step.missing();
      }
      if (missing === undefined) skipped.push(step.name);
      else await runStep({ step, missing, progress: createProgress({ position: `${index + 1}/${steps.length}`, name: step.name, out }) });
      await step.verify?.();
    }
  } catch (error) {
    throw explainFailure(error);
  } finally {
    release?.();
  }
  if (skipped.length > 0) out.write(`set-up: already there: ${skipped.join(', ')}\n`);
}

/** @param {{ step: SetupStep, missing: string, progress: import('./setup/progress.mjs').Progress }} run */
async function runStep({ step, missing, progress }) {
  progress.start(missing);
  try {
    await step.run(progress.say);
  } catch (error) {
    progress.failed();
    throw error;
  }
  progress.done();
}

/**
 * Runs a command's main function; a SetupProblem, a full disk or somebody else's folder ends it with a sentence instead of a stack.
 * @param {() => Promise<void>} main
 */
export async function tellProblems(main) {
  try {
    await main();
  } catch (error) {
    const problem = explainFailure(error);
    if (!(problem instanceof SetupProblem)) throw error;
    console.error(`\n${problem.message}`);
    process.exit(1);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const isForTests = process.argv.includes('--tests');
  await tellProblems(() =>
    runSetup({
      steps: setupSteps({ uses: isForTests ? ['platform', 'kiosk', 'tests'] : ['platform', 'kiosk'], builds: ['renderer'], demo: 'yes' }),
    }),
  );
}
