/** Steps that build something of our own: the windows, the electron shell, the demo pictures. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { node24Path, projectRoot } from '../node24.mjs';
import { runCommand, SetupProblem } from './command.mjs';
import { hashOfFiles, readStamp, writeStamp } from './stamps.mjs';

/** @typedef {import('./steps.mjs').SetupStep} SetupStep */

/** @returns {SetupStep} */
export function rendererStep() {
  return buildStep({
    name: 'windows (renderer)',
    inputs: ['renderer', 'contract', 'assets', 'package-lock.json', 'package.json'],
    output: 'dist/renderer',
    args: ['node_modules/vite/bin/vite.js', 'build', '--config', 'renderer/vite.config.ts', '--logLevel', 'warn'],
    todo: 'Fix what is named above; `npm run typecheck` often says it more clearly.',
  });
}

/** @returns {SetupStep} */
export function electronStep() {
  return buildStep({
    name: 'electron shell',
    inputs: ['electron', 'main', 'contract', 'assets', 'package-lock.json', 'tools/buildElectron.mjs'],
    output: 'dist/electron',
    args: ['tools/buildElectron.mjs'],
    todo: 'Fix what is named above, or start with --shell kiosk.',
  });
}

const demoTodo = 'Does ffmpeg run here (ffmpeg -version)? Is the disk full?';

/**
 * The demo pictures keep their own account of what is done (.cache/). `firstWall` are those that a new room begins with.
 * @param {'all' | 'firstWall'} [wanted]
 * @returns {SetupStep}
 */
export function demoLoopsStep(wanted = 'all') {
  const which = wanted === 'all' ? [] : ['--first-wall'];
  return {
    name: 'demo pictures',
    async missing() {
      const { all, missing } = await countLoops(which);
      return missing === 0 ? undefined : `drawing ${missing} of ${all} once (moving pictures without a camera)`;
    },
    async run(say) {
      const args = ['tools/demoLoops.ts', ...which];
      await runNode24({ args, what: 'The demo pictures could not be made', todo: demoTodo, onLine: (line) => sayShort({ line, say }) });
    },
  };
}

/**
 * The map of the demo's county; it keeps its own account of what is done (.cache/).
 * @param {'county' | 'prefecture'} scale
 * @returns {SetupStep}
 */
export function demoMapStep(scale) {
  const todo = 'Is the disk full?';
  const args = ['tools/countyPack.ts', '--scale', scale];
  return {
    name: 'demo map',
    async missing() {
      const list = await runNode24({ args: [...args, '--list'], what: 'The demo map could not be looked at', todo });
      return list.includes('missing') ? `drawing the land of the ${scale} once` : undefined;
    },
    async run(say) {
      await runNode24({ args, what: 'The demo map could not be drawn', todo, onLine: (line) => sayShort({ line, say }) });
    },
  };
}

/**
 * A program's line as it stands behind the name of its step: without its own name, and not what the step has said already.
 * @param {{ line: string, say: (note: string) => void }} heard
 */
export function sayShort({ line, say }) {
  const short = line.replace(/^(demo pictures|map of the demo): /, '').replace(/ {2,}/g, ' ');
  if (!short.startsWith('drawing ')) say(short);
}

/** How many demo pictures are not drawn yet. */
export async function countMissingLoops() {
  return (await countLoops([])).missing;
}

/** @param {readonly string[]} which */
async function countLoops(which) {
  const args = ['tools/demoLoops.ts', ...which, '--list'];
  const list = await runNode24({ args, what: 'The demo pictures could not be counted', todo: demoTodo });
  const all = list.split('\n').filter((line) => /^\S+ +(missing|ready) /.test(line));
  return { all: all.length, missing: all.filter((line) => /^\S+ +missing /.test(line)).length };
}

/**
 * @param {{ name: string, inputs: readonly string[], output: string, args: readonly string[], todo: string }} options
 * @returns {SetupStep}
 */
function buildStep({ name, inputs, output, args, todo }) {
  const stampFile = path.join(projectRoot, output, '.commandwall-stamp');
  const inputHash = () => hashOfFiles({ root: projectRoot, paths: inputs, ignores: (file) => /\.test\.tsx?$|\.md$/.test(file) });
  return {
    name,
    missing: async () => (readStamp(stampFile) === inputHash() ? undefined : 'building'),
    async run() {
      // Taken before the build: a file that changes meanwhile makes the next start build again.
      const stamp = inputHash();
      await runNode24({ args, what: `Building ${name} failed`, todo });
      if (!existsSync(path.dirname(stampFile))) {
        throw new SetupProblem({ what: `Building ${name} left nothing in ${output}.`, todo });
      }
      writeStamp({ file: stampFile, stamp });
    },
  };
}

/**
 * @param {{ args: readonly string[], what: string, todo: string, onLine?: (line: string) => void }} options
 * @returns {Promise<string>} what it said
 */
async function runNode24({ args, what, todo, onLine = () => {} }) {
  const node = node24Path();
  if (node === undefined) throw new SetupProblem({ what: 'Node 24 is missing.', todo: 'Run  node tools/setup.mjs' });
  const { code, output } = await runCommand({ file: node, args, cwd: projectRoot, onLine });
  if (code !== 0) throw new SetupProblem({ what: `${what} (exit code ${code}):`, output, todo });
  return output;
}
