/** A process's log on disk: bounded, and never a reason to stop anything. */
import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/** A log file grows to this size, then becomes `.1`: two files per process are kept. */
const usualLimitBytes = 16 * 1024 * 1024;

/**
 * Opens the log `<folder>/<name>.log`. The returned function appends one line. A disk that refuses (full, read-only, gone) costs the lines
 * of that time: `say` is told once, and when the disk takes lines again the log says how many are missing.
 * @param {{ folder: string, name: string, say?: (text: string) => void, limitBytes?: number }} options
 * @returns {(line: string) => void}
 */
export function openLogFile({ folder, name, say = console.error, limitBytes = usualLimitBytes }) {
  const file = path.join(folder, `${name}.log`);
  let missing = 0;
  /** @type {number | undefined} unknown until the file was looked at */
  let bytes;

  const append = (/** @type {string} */ text) => {
    if (bytes === undefined) {
      mkdirSync(folder, { recursive: true });
      bytes = existsSync(file) ? statSync(file).size : 0;
    }
    if (bytes > limitBytes) {
      renameSync(file, `${file}.1`);
      bytes = 0;
    }
    // Behind a line that was torn when the disk refused it.
    const whole = missing > 0 && bytes > 0 ? `\n${text}` : text;
    appendFileSync(file, whole);
    bytes += Buffer.byteLength(whole);
  };

  return (line) => {
    try {
      append(missing === 0 ? `${line}\n` : `(${missing} lines are missing here: they could not be written)\n${line}\n`);
      missing = 0;
    } catch (error) {
      if (missing === 0) say(`the log ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
      missing += 1;
      // A line may have been written in part: what is there is counted anew.
      bytes = undefined;
    }
  };
}
