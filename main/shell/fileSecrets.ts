import { existsSync } from 'node:fs';
import { z } from 'zod';
import { type FileFormat, readVersionedJson, writeJsonFile } from '#main/storage/index.ts';
import type { Secrets } from './ports.ts';

/** How a value is written down: sealed by a key ring, or as it is. */
export type Sealing = { seal(value: string): string; unseal(sealed: string): string };

/** For a shell without a key ring: what keeps others out is the file's mode, as with any Linux service's keys. */
export const asItIs: Sealing = { seal: (value) => value, unseal: (sealed) => sealed };

const Stored = z.strictObject({ version: z.literal(1), values: z.record(z.string(), z.string()) });

/** Version 0 was the values alone, without a version beside them. */
const format: FileFormat<unknown> = { name: 'secrets', lifts: [(values) => ({ version: 1, values })] };

/** Secrets in one file that only the room's user may read. The windows' processes run sandboxed and never see it. */
export function createFileSecrets({ file, sealing }: { readonly file: string; readonly sealing: Sealing }): Secrets {
  const readAll = async () => {
    const stored = await readVersionedJson({ file, format });
    // A damaged file is not an empty one: what is in it must not be written over.
    if (stored === null && existsSync(file))
      throw new Error(`${file} is damaged: put it back from a copy, or remove it and enrol this workstation again`);
    return new Map(Object.entries(stored === null ? {} : Stored.parse(stored).values));
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
        await writeJsonFile(file, { version: 1, values: Object.fromEntries(all) });
      };
      // One after the other: two writers that read the same file would lose one value.
      const written = writing.then(write, write);
      writing = written;
      return written;
    },
  };
}
