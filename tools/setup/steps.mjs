/** The steps of the set-up and which of them a command needs. */
import { demoLoopsStep, demoMapStep, electronStep, rendererStep } from './builds.mjs';
import { node24Step, npmPackagesStep } from './npmPackages.mjs';
import { systemPackagesStep } from './systemPackages.mjs';

/**
 * @typedef {object} SetupStep
 * @property {string} name shown in the progress line
 * @property {() => Promise<string | undefined>} missing what has to be done, in a few words; undefined = nothing
 * @property {(say: (note: string) => void) => Promise<void>} run does it; throws SetupProblem; what it says is shown while it runs
 * @property {() => Promise<void>} [verify] checked whether or not it had to run; throws SetupProblem
 */

/** @typedef {import('./systemPackages.mjs').PackageUse} PackageUse */

/**
 * The steps in the order in which they build on each other.
 * @param {{ uses: readonly PackageUse[], builds: readonly ('renderer' | 'electron')[], demo: 'yes' | 'firstWall' | 'no', scale?: 'county' | 'prefecture' }} wanted
 * @returns {SetupStep[]}
 */
export function setupSteps({ uses, builds, demo, scale = 'county' }) {
  return [
    npmPackagesStep(),
    node24Step(),
    systemPackagesStep(uses),
    ...(builds.includes('renderer') ? [rendererStep()] : []),
    ...(builds.includes('electron') ? [electronStep()] : []),
    ...(demo === 'no' ? [] : [demoMapStep(scale), demoLoopsStep(demo === 'yes' ? 'all' : 'firstWall')]),
  ];
}
