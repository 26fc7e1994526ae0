/** DATA/start.json: who runs on this data folder, so that two rooms never share one and left-overs of a crash are ended. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { signalGroup } from '../setup/command.mjs';
import { identify, isAlive } from '../setup/processes.mjs';

/** @typedef {import('../setup/processes.mjs').RunningProcess} RunningProcess */
/** @typedef {{ starter: RunningProcess, children: RunningProcess[] }} RoomRecord */

/** @param {string} dataFolder */
const recordFile = (dataFolder) => path.join(dataFolder, 'start.json');

/**
 * The process that runs a room on this data folder now.
 * @param {string} dataFolder
 * @returns {number | undefined} its pid
 */
export function runningRoom(dataFolder) {
  const record = readRecord(dataFolder);
  return record !== undefined && isAlive(record.starter) ? record.starter.pid : undefined;
}

/**
 * Ends what an earlier `npm start` left behind when it was killed itself.
 * @param {string} dataFolder
 * @returns {number} how many processes were ended
 */
export function endLeftOvers(dataFolder) {
  const record = readRecord(dataFolder);
  if (record === undefined || isAlive(record.starter)) return 0;
  const alive = record.children.filter(isAlive);
  for (const child of alive) signalGroup({ pid: child.pid, signal: 'SIGKILL' });
  return alive.length;
}

/**
 * Writes down who runs here.
 * @param {{ dataFolder: string, childPids: readonly number[] }} options
 */
export function recordRoom({ dataFolder, childPids }) {
  mkdirSync(dataFolder, { recursive: true });
  /** @type {RoomRecord} */
  const record = { starter: identify(process.pid), children: childPids.map(identify) };
  writeFileSync(recordFile(dataFolder), `${JSON.stringify(record)}\n`);
}

/** @param {string} dataFolder */
export function forgetRoom(dataFolder) {
  rmSync(recordFile(dataFolder), { force: true });
}

/**
 * @param {string} dataFolder
 * @returns {RoomRecord | undefined}
 */
function readRecord(dataFolder) {
  if (!existsSync(recordFile(dataFolder))) return undefined;
  try {
    return JSON.parse(readFileSync(recordFile(dataFolder), 'utf8'));
  } catch {
    return undefined; // half written when the power went: nothing of that time runs any more
  }
}
