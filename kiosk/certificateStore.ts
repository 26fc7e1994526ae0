import { execFile } from 'node:child_process';
import type { X509Certificate } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Writes the store (NSS) from which Chromium on Linux reads whom a user believes: the authority signs servers (`C`) and nothing else. Names, dates and
 * signatures are Chromium's to judge as always. Returns what it made. Rejects with a sentence where NSS's certutil is missing.
 */
export async function writeCertificateStore({ home, authority }: { home: string; authority: X509Certificate }): Promise<readonly string[]> {
  const outer = path.join(home, '.pki');
  const store = path.join(outer, 'nssdb');
  const file = path.join(home, 'authority.pem');
  await mkdir(store, { recursive: true, mode: 0o700 });
  await writeFile(file, authority.toString(), { mode: 0o600 });
  const certutil = (...words: string[]) =>
    run('certutil', ['-d', `sql:${store}`, ...words]).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new Error('certutil is not installed (Debian: libnss3-tools): without it the browser cannot be told whom to believe', {
        cause: error,
      });
    });
  await certutil('-N', '--empty-password');
  await certutil('-A', '-n', 'platform', '-t', 'C,,', '-i', file);
  await rm(file);
  return [outer, store, ...(await readdir(store)).map((name) => path.join(store, name))];
}
