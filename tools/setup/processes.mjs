/** Which process is meant: a pid alone is given to somebody else later. */
import { readFileSync } from 'node:fs';

/** @typedef {{ pid: number, startedAtTicks: string }} RunningProcess */

/**
 * @param {number} pid
 * @returns {RunningProcess}
 */
export function identify(pid) {
  return { pid, startedAtTicks: startTicks(pid) };
}

/** @param {RunningProcess} process */
export function isAlive({ pid, startedAtTicks }) {
  return startedAtTicks !== '' && startTicks(pid) === startedAtTicks;
}

/**
 * Field 22 of /proc/PID/stat (proc(5)); the fields are counted after the name, which may hold spaces and brackets.
 * @param {number} pid
 */
function startTicks(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
