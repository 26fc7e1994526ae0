/** .cache/set-up.json: who sets this tree up. Two at once (`npm start` beside `npm test`) would write into the same folders. */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { identify, isAlive } from './processes.mjs';

/** @typedef {import('./processes.mjs').RunningProcess} RunningProcess */

/**
 * Waits until nobody else sets up here, then is the one who does.
 * @param {{ root: string, onWait: (pid: number) => void, rest?: () => Promise<void> }} options onWait: told once; rest: between two looks
 * @returns {Promise<() => void>} lets the next one in
 */
export async function takeSetup({ root, onWait, rest = halfASecond }) {
  const file = path.join(root, '.cache', 'set-up.json');
  mkdirSync(path.dirname(file), { recursive: true });
  let hasTold = false;
  while (!writeNew(file)) {
    const holder = readHolder(file);
    if (holder === undefined || !isAlive(holder)) {
      rmSync(file, { force: true }); // killed, or the power went
      continue;
    }
    if (!hasTold) onWait(holder.pid);
    hasTold = true;
    await rest();
  }
  return () => rmSync(file, { force: true });
}

/**
 * The file appears whole or not at all: a link either is made or meets the other's.
 * @param {string} file
 */
function writeNew(file) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${JSON.stringify(identify(process.pid))}\n`);
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {RunningProcess | undefined}
 */
function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

const halfASecond = () => new Promise((/** @type {(value: void) => void} */ resolve) => setTimeout(resolve, 500));
