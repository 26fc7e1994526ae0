import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeJsonFile } from '#main/storage/index.ts';
import type { Secrets } from './ports.ts';

/** How a value is written down: sealed by a key ring, or as it is. */
export type Sealing = { seal(value: string): string; unseal(sealed: string): string };

/** For a shell without a key ring: what keeps others out is the file's mode, as with any Linux service's keys. */
export const asItIs: Sealing = { seal: (value) => value, unseal: (sealed) => sealed };

const Stored = z.record(z.string(), z.string());

/** Secrets in one file that only the room's user may read. The windows' processes run sandboxed and never see it. */
export function createFileSecrets({ file, sealing }: { readonly file: string; readonly sealing: Sealing }): Secrets {
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
    read: async (name) => {
      const sealed = (await readAll()).get(name);
      return sealed === undefined ? null : sealing.unseal(sealed);
    },
    write(name, value) {
      const write = async () => {
        const all = (await readAll()).set(name, sealing.seal(value));
        await writeJsonFile(file, Object.fromEntries(all));
      };
      // One after the other: two writers that read the same file would lose one value.
      const written = writing.then(write, write);
      writing = written;
      return written;
    },
  };
}
