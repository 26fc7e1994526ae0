/** Stamps: a hash of the inputs beside the result says whether a step has to be done again. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A hash over files and folders (names and contents), the same on every machine.
 * @param {{ root: string, paths: readonly string[], ignores?: (relativePath: string) => boolean }} options a missing path counts as empty
 */
export function hashOfFiles({ root, paths, ignores = () => false }) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((entry) => filesUnder({ root, entry })).sort()) {
    if (ignores(file)) continue;
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {{ root: string, entry: string }} options
 * @returns {string[]}
 */
function filesUnder({ root, entry }) {
  const absolute = path.join(root, entry);
  if (!existsSync(absolute)) return [];
  try {
    return readdirSync(absolute, { withFileTypes: true }).flatMap((child) => {
      const relative = path.posix.join(entry, child.name);
      return child.isDirectory() ? filesUnder({ root, entry: relative }) : [relative];
    });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOTDIR') return [entry];
    throw error;
  }
}

/**
 * @param {string} file
 * @returns {string | undefined}
 */
export function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** @param {{ file: string, stamp: string }} options */
export function writeStamp({ file, stamp }) {
  writeFileSync(file, `${stamp}\n`);
}
