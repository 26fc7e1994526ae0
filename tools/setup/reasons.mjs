/** Failures that every step may meet, whatever it was doing: a full disk, a folder that belongs to somebody else. */
import { statfsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../node24.mjs';
import { SetupProblem } from './command.mjs';

/** What a first set-up with its downloads, windows and all demo pictures takes, in MB; measured on a bare Debian 12. */
const firstSetupMb = 3000;

/** Less than this is as good as nothing: what failed for lack of space leaves some again when it ends. */
const hardlyAnyMb = 500;

const fullDisk = /ENOSPC|EDQUOT|No space left on device|enough free space|Disk quota exceeded/i;
const notAllowed = new Set(['EACCES', 'EPERM', 'EROFS']);

/**
 * Says the real reason where a step's own advice would lead elsewhere; anything else comes back as it is.
 * @param {unknown} error
 * @param {(folder: string) => number | undefined} [freeMb] what is left on the disk that the folder lies on
 */
export function explainFailure(error, freeMb = freeOn) {
  if (!(error instanceof Error)) return error;
  const { code, path: named } = /** @type {NodeJS.ErrnoException} */ (error);
  const output = error instanceof SetupProblem ? error.output : '';
  const what = error instanceof SetupProblem ? error.what : `Set-up failed: ${error.message}.`;
  if (fullDisk.test(`${code ?? ''}\n${output}\n${what}`)) {
    const own = ['', 'node_modules', 'dist', '.cache'].map((folder) => path.join(projectRoot, folder));
    const folders = [...new Set([...own, tmpdir(), homedir(), '/var/cache/apt'])];
    const known = folders.flatMap((folder) => {
      const mb = freeMb(folder);
      return mb === undefined ? [] : [{ folder, mb }];
    });
    // As many MB left: the same disk, and one of its folders is enough.
    const disks = known.filter(({ mb }, index) => known.findIndex((other) => other.mb === mb) === index);
    const scarce = disks.filter(({ mb }) => mb < hardlyAnyMb);
    const left = (scarce.length > 0 ? scarce : disks).map(({ folder, mb }) => `${mb} MB for ${folder}`).join(', ');
    return new SetupProblem({
      what: `The disk is full. ${what}`,
      output,
      todo: `Left are ${left}. A first set-up takes about ${firstSetupMb} MB. Make room, then run it again: it goes on where it stopped.`,
    });
  }
  const deniedPath = named ?? /npm error path (\S+)/.exec(output)?.[1];
  const isDenied = notAllowed.has(code ?? '') || /npm error code (EACCES|EPERM|EROFS)/.test(output);
  if (isDenied && deniedPath !== undefined) {
    return new SetupProblem({
      what: `${deniedPath} cannot be written by this account.`,
      todo: 'Start as the account that owns the folder, or clone into a folder of your own.',
    });
  }
  return error;
}

/**
 * @param {string} folder
 * @returns {number | undefined} undefined: no such folder
 */
function freeOn(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return Math.floor((bavail * bsize) / 1e6);
  } catch {
    return undefined;
  }
}
