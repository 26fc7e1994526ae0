/** Step: node_modules equals package-lock.json, and the Node 24 in it runs. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { node24Package, node24Path, projectRoot } from '../node24.mjs';
import { findProgram, runCommand, SetupProblem } from './command.mjs';
import { readStamp, writeStamp } from './stamps.mjs';

/** @typedef {import('./steps.mjs').SetupStep} SetupStep */
/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean, link?: boolean }> }} Lock */

const stampFile = path.join(projectRoot, 'node_modules', '.commandwall-stamp');

/** @returns {SetupStep} */
export function npmPackagesStep() {
  return {
    name: 'npm packages',
    async missing() {
      const stamp = lockStamp();
      if (readStamp(stampFile) === stamp) return undefined;
      if (!installedMatchesLock(projectRoot)) return 'npm ci';
      // Somebody ran npm ci by hand: what is there is right, so only the stamp is missing.
      writeStamp({ file: stampFile, stamp });
      return undefined;
    },
    async run() {
      const npm = npmCommand();
      // No install scripts: nothing here needs one, and none may fetch from places other than the registry.
      const { code, output } = await runCommand({
        file: npm.file,
        args: [...npm.args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'],
        cwd: projectRoot,
      });
      if (code !== 0) {
        throw new SetupProblem({
          what: `npm ci failed (exit code ${code}):`,
          output: npmReason(output),
          todo: 'Is the package registry reachable (npm ping)? Behind a mirror: npm config set registry URL. Then run it again.',
        });
      }
      writeStamp({ file: stampFile, stamp: lockStamp() });
    },
  };
}

/** @returns {SetupStep} */
export function node24Step() {
  return {
    name: 'Node 24',
    async missing() {
      return undefined;
    },
    async verify() {
      const node = node24Path();
      const found = node === undefined ? undefined : await runCommand({ file: node, args: ['--version'] });
      if (found?.code === 0 && Number(/^v(\d+)/.exec(found.output)?.[1]) >= 24) return;
      throw new SetupProblem({
        what: `Node 24 does not run here (${node ?? `the npm package ${node24Package} is not installed`}).`,
        output: found?.output ?? '',
        todo: 'Install without --omit=optional, or start with a Node >= 24 of your own (nodejs.org has builds for more machines).',
      });
    },
    async run() {},
  };
}

/** npm as it was started, else the one on PATH. */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running?.endsWith('.js') && existsSync(running)) return { file: process.execPath, args: [running] };
  const npm = findProgram(['npm']);
  if (npm === undefined) {
    throw new SetupProblem({ what: 'npm is not on PATH.', todo: 'Install Node.js 20 or newer together with npm.' });
  }
  return { file: npm, args: [] };
}

/**
 * npm says why first and then prints its whole help: the first lines are the useful ones.
 * @param {string} output
 */
function npmReason(output) {
  const reasons = output.split('\n').filter((line) => /^npm error\s+\S/.test(line));
  return reasons.slice(0, 10).join('\n') || output;
}

function lockStamp() {
  const lock = readFileSync(path.join(projectRoot, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

/**
 * Whether npm's own record of what it installed (node_modules/.package-lock.json) agrees with package-lock.json.
 * @param {string} root
 */
export function installedMatchesLock(root) {
  const installedFile = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = /** @type {Lock} */ (JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))).packages;
  const installed = /** @type {Lock} */ (JSON.parse(readFileSync(installedFile, 'utf8'))).packages;
  return Object.entries(wanted).every(([key, { version, optional }]) => {
    if (key === '') return true;
    const there = installed[key];
    // Optional packages of other platforms are rightly absent.
    return there === undefined ? optional === true : there.version === version;
  });
}
