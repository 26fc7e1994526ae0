/** The processes that `npm start` starts: their logs, their ready line, their end. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { signalGroup } from '../setup/command.mjs';
import { openLogFile } from './logFile.mjs';
import { formatLogLine, readyUrl } from './logLines.mjs';

/** How long a process may take to write what it holds before it is killed. */
const usualPatienceMs = 10_000;

/**
 * @typedef {object} Child
 * @property {string} name
 * @property {number} pid
 * @property {Promise<string>} ready its URL; rejects when it ends before
 * @property {Promise<string>} ended how it ended, in words
 * @property {() => Promise<void>} stop asks it to end, kills it after a while
 */

/**
 * Starts a process in its own process group, so that Ctrl+C reaches it through us and in order.
 * @param {{ name: string, file: string, args: readonly string[], logFolder: string, env?: NodeJS.ProcessEnv, onReady?: (url: string) => void, patienceMs?: number, keyboard?: NodeJS.ReadableStream }} options
 * @returns {Child}
 */
export function startChild({ name, file, args, logFolder, env = process.env, onReady = () => {}, patienceMs = usualPatienceMs, keyboard }) {
  const log = openLogFile({ folder: logFolder, name });
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true, env });
  listenTo({ keyboard, input: child.stdin });
  const ended = new Promise((/** @type {(how: string) => void} */ resolve) => {
    child.on('error', (error) => resolve(`could not be started: ${error.message}`));
    child.on('exit', (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`));
  });
  const closed = new Promise((/** @type {(value?: unknown) => void} */ resolve) => void child.on('close', resolve).on('error', resolve));
  const ready = new Promise((/** @type {(url: string) => void} */ resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      log(line);
      const url = readyUrl({ expects: name, line });
      if (url === undefined) return;
      resolve(url);
      onReady(url);
    });
    void ended.then((how) => reject(new Error(`${name} ${how} before it was ready`)));
  });
  ready.catch(() => {}); // whoever waits for it still sees the rejection; nobody waiting is not a crash
  createInterface({ input: child.stderr }).on('line', (line) => {
    log(line);
    const shown = formatLogLine({ from: name, line });
    if (shown !== undefined) console.error(shown);
  });
  const stop = async () => {
    const killer = setTimeout(() => signalGroup({ pid: child.pid, signal: 'SIGKILL' }), patienceMs);
    // The process itself first: it ends its own children in order. What is left of the group afterwards is killed.
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
    clearTimeout(killer);
    signalGroup({ pid: child.pid, signal: 'SIGKILL' });
    // Its last words are in its log.
    await closed;
  };
  return { name, pid: child.pid ?? 0, ready, ended, stop };
}

/**
 * Hands on what is typed; without a keyboard the process sees the end of its input at once.
 * @param {{ keyboard: NodeJS.ReadableStream | undefined, input: import('node:stream').Writable }} options
 */
function listenTo({ keyboard, input }) {
  input.on('error', () => {}); // the process is gone: `ended` tells it
  if (keyboard === undefined) input.end();
  else keyboard.pipe(input);
}
