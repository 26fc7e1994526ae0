/** Running other programs for set-up, tests and start: output is kept, so that a failure can show its last lines. */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} CommandOutcome
 * @property {number} code exit code; 127 when the program could not be started, 124 when it was stopped for taking too long
 * @property {string} output stdout and stderr in the order they arrived
 * @property {boolean} timedOut
 */

/** Ctrl+C, an orderly kill, a terminal that is closed: none of them reaches a process group of its own by itself. */
const interrupts = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a program to its end and keeps its output. Never throws: what went wrong is in the outcome.
 * @param {{ file: string, args?: readonly string[], cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, echo?: 'yes' | 'no', onLine?: (line: string) => void }} options
 * @returns {Promise<CommandOutcome>}
 */
export function runCommand({ file, args = [], cwd, env = process.env, timeoutMs = 0, echo = 'no', onLine = () => {} }) {
  return new Promise((resolve) => {
    let output = '';
    let timedOut = false;
    // Its own process group: stopping it must also stop what it started (browsers, servers, compilers).
    const [program = file, ...words] = dyingWithUs([file, ...args]);
    const child = spawn(program, words, {
      cwd,
      env: withoutColours(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const stopGroup = () => signalGroup({ pid: child.pid, signal: 'SIGKILL' });
    const timer = timeoutMs > 0 ? setTimeout(() => ((timedOut = true), stopGroup()), timeoutMs) : undefined;
    const onInterrupt = () => {
      stopGroup();
      process.exit(130);
    };
    for (const signal of interrupts) process.once(signal, onInterrupt);
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer);
      for (const signal of interrupts) process.off(signal, onInterrupt);
      resolve({ code: timedOut ? 124 : code, output, timedOut });
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
        output += chunk;
        if (echo === 'yes') process.stdout.write(chunk);
        const line = chunk.trimEnd().split('\n').at(-1);
        if (line) onLine(line.trim());
      });
    }
    child.on('error', (error) => {
      output += `${error.message}\n`;
      finish(127);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}

/**
 * A program that outlives a set-up that was killed would go on beside the next one, in the same folders. Where setpriv is missing
 * (it is part of every Debian) the program is started as it is.
 * @param {readonly [string, ...string[]]} line
 * @returns {readonly string[]}
 */
function dyingWithUs(line) {
  const setpriv = process.platform === 'linux' ? findProgram(['setpriv']) : undefined;
  const isThere = path.isAbsolute(line[0]) ? existsSync(line[0]) : findProgram([line[0]]) !== undefined;
  return setpriv !== undefined && isThere ? [setpriv, '--pdeathsig', 'KILL', '--', ...line] : line;
}

/**
 * Output is kept and searched, so it must be plain.
 * @param {NodeJS.ProcessEnv} env
 */
function withoutColours({ FORCE_COLOR: _forced, ...env }) {
  return { ...env, NO_COLOR: '1' };
}

/**
 * Signals a process group; a group that is already gone is fine.
 * @param {{ pid: number | undefined, signal: NodeJS.Signals }} options
 */
export function signalGroup({ pid, signal }) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * Which of these programs is on PATH.
 * @param {readonly string[]} names tried in this order
 * @returns {string | undefined} absolute path of the first one found
 */
export function findProgram(names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  for (const name of names) {
    for (const folder of folders) {
      const candidate = path.join(folder, name);
      try {
        accessSync(candidate, constants.X_OK);
        return candidate;
      } catch {
        // not here: the next folder may have it
      }
    }
  }
  return undefined;
}

/**
 * The end of a program's output, for an error message. A compiler says what is wrong and then where in the compiler it noticed.
 * @param {string} output
 */
export function lastLines(output) {
  return stripVTControlCharacters(output)
    .trimEnd()
    .split('\n')
    .filter((line) => !/^(npm error)?\s+at .*:\d+:\d+\)?( \{)?$/.test(line))
    .slice(-15)
    .map((line) => `    ${line}`)
    .join('\n');
}

/** A set-up problem that is told to the person as it is, without a stack. */
export class SetupProblem extends Error {
  /** @param {{ what: string, output?: string, todo: string }} problem */
  constructor({ what, output, todo }) {
    super(output ? `${what}\n${lastLines(output)}\n  ${todo}` : `${what}\n  ${todo}`);
    this.name = 'SetupProblem';
    /** The whole of what the program said; its end is in the message. */
    this.output = output ?? '';
    this.what = what;
  }
}
