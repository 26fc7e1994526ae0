import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Secrets } from '#main/shell/index.ts';

/** Secrets in plain files: for processes in tests that are killed and started again. */
export function createFileSecrets(folder: string): Secrets {
  return {
    isPersistent: true,
    read: (name) => readFile(path.join(folder, name), 'utf8').catch(() => null),
    write: async (name, value) => {
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, name), value);
    },
  };
}
