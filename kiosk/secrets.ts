import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Secrets } from '#main/shell/index.ts';

const Stored = z.record(z.string(), z.string());

/**
 * Secrets in one file that only the room's user may read: what a Linux service does without a key ring. The browser runs as another user (or
 * sandboxed) and never sees it.
 */
export function createFileSecrets({ dataFolder }: { readonly dataFolder: string }): Secrets {
  const file = path.join(dataFolder, 'secrets.json');
  const readAll = async () => {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw error;
    });
    return new Map(Object.entries(Stored.parse(JSON.parse(text))));
  };
  let writing: Promise<unknown> = Promise.resolve();
  return {
    isPersistent: true,
    read: async (name) => (await readAll()).get(name) ?? null,
    write(name, value) {
      const write = async () => {
        await mkdir(dataFolder, { recursive: true, mode: 0o700 });
        const all = (await readAll()).set(name, value);
        await writeFileAtomic(file, JSON.stringify(Object.fromEntries(all)), { mode: 0o600 });
      };
      // One after the other: two writers that read the same file would lose one value.
      const written = writing.then(write, write);
      writing = written;
      return written;
    },
  };
}
