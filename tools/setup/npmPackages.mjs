/** Step: node_modules equals package-lock.json, and the Node 24 in it runs. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { node24Package, node24Path, projectRoot } from '../node24.mjs';
import { findProgram, runCommand, SetupProblem } from './command.mjs';
import { readStamp, writeStamp } from './stamps.mjs';

/** @typedef {import('./steps.mjs').SetupStep} SetupStep */
/** @typedef {string | readonly string[]} OneOrMore */
/** @typedef {{ version?: string, optional?: boolean, link?: boolean, os?: OneOrMore, cpu?: OneOrMore, libc?: OneOrMore }} LockedPackage */
/** @typedef {{ packages: Record<string, LockedPackage> }} Lock */
/** @typedef {{ os: string, cpu: string, libc: string }} Host */

const stampFile = path.join(projectRoot, 'node_modules', '.commandwall-stamp');

/** @returns {SetupStep} */
export function npmPackagesStep() {
  return {
    name: 'npm packages',
    async missing() {
      const stamp = lockStamp();
      if (readStamp(stampFile) === stamp) return undefined;
      if (!installedMatchesLock(projectRoot)) return 'npm ci (everything in package-lock.json, Node 24 among it)';
      // Somebody ran npm ci by hand: what is there is right, so only the stamp is missing.
      writeStamp({ file: stampFile, stamp });
      return undefined;
    },
    async run(say) {
      await npmCi(npmCommand());
      if (!installedMatchesLock(projectRoot)) {
        // npm leaves out optional packages, native binaries among them, whose `engines` the Node that runs it is too old for.
        say('again, by the Node 24 that came with them');
        await npmCi(npmCommand(node24Path()));
      }
      const absent = packagesMissing(projectRoot);
      if (absent.length > 0) {
        throw new SetupProblem({
          what: `npm ci left out packages that this machine needs: ${absent.slice(0, 5).join(', ')}.`,
          todo: `Start with a newer Node than ${process.version} (20.19 is enough), and without --omit.`,
        });
      }
      writeStamp({ file: stampFile, stamp: lockStamp() });
    },
  };
}

/** @param {{ file: string, args: readonly string[] }} npm */
async function npmCi(npm) {
  // No install scripts: nothing here needs one, and none may fetch from places other than the registry.
  const args = [...npm.args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { code, output } = await runCommand({ file: npm.file, args, cwd: projectRoot });
  if (code === 0) return;
  throw new SetupProblem({
    what: `npm ci failed (exit code ${code}):`,
    output: npmReason(output),
    todo: 'Is the package registry reachable (npm ping)? Behind a mirror: npm config set registry URL. Then run it again.',
  });
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

/**
 * npm as it was started, else the one on PATH; by another Node where one is named and npm is a script that it can run.
 * @param {string} [node]
 */
function npmCommand(node) {
  const running = process.env.npm_execpath;
  if (running?.endsWith('.js') && existsSync(running)) return { file: node ?? process.execPath, args: [running] };
  const npm = findProgram(['npm']);
  if (npm === undefined) {
    throw new SetupProblem({ what: 'npm is not on PATH.', todo: 'Install Node.js 20 or newer together with npm.' });
  }
  const script = realpathSync(npm);
  return node !== undefined && script.endsWith('.js') ? { file: node, args: [script] } : { file: npm, args: [] };
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
 * @param {Host} [host]
 */
export function installedMatchesLock(root, host = thisHost()) {
  return packagesMissing(root, host).length === 0;
}

/**
 * Packages of the lock file that are not there in their version. Optional ones of other machines are rightly absent.
 * @param {string} root
 * @param {Host} [host]
 * @returns {string[]}
 */
function packagesMissing(root, host = thisHost()) {
  const wanted = /** @type {Lock} */ (JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))).packages;
  const installedFile = path.join(root, 'node_modules', '.package-lock.json');
  const installed = existsSync(installedFile) ? /** @type {Lock} */ (JSON.parse(readFileSync(installedFile, 'utf8'))).packages : {};
  return Object.entries(wanted).flatMap(([key, locked]) => {
    if (key === '') return [];
    const there = installed[key];
    const isThere = there === undefined ? locked.optional === true && !isMadeFor(locked, host) : there.version === locked.version;
    return isThere ? [] : [key.replace(/^.*node_modules\//, '')];
  });
}

/**
 * Whether a package is a native one of just this kind of machine. One for every machine says nothing about any.
 * @param {LockedPackage} locked
 * @param {Host} host
 */
function isMadeFor({ os, cpu, libc }, host) {
  const isNamed = (/** @type {OneOrMore} */ names, /** @type {string} */ own) => [names].flat().includes(own);
  return (
    os !== undefined &&
    cpu !== undefined &&
    isNamed(os, host.os) &&
    isNamed(cpu, host.cpu) &&
    (libc === undefined || isNamed(libc, host.libc))
  );
}

/** @returns {Host} */
function thisHost() {
  return {
    os: process.platform,
    cpu: process.arch,
    libc: existsSync(`/lib/ld-musl-${machineNames[process.arch] ?? process.arch}.so.1`) ? 'musl' : 'glibc',
  };
}

/** What the kernel calls the machine that Node calls x64. @type {Readonly<Record<string, string>>} */
const machineNames = { x64: 'x86_64', arm64: 'aarch64' };
