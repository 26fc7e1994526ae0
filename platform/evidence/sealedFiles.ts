import { chmodSync, mkdirSync } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { EvidenceId } from '#contract/evidence/index.ts';
import { Actor } from '#contract/record/index.ts';
import { newKey, seal, type SealKey, unseal } from './sealing.ts';
import { EvidenceDiskFull, type EvidenceStore } from './store.ts';

/** The folder's name in a data folder: the only one in which pictures may lie, and none of them readable. */
export const evidenceFolderName = 'evidence';

const keyBytes = 32;
/** `<id>.key`: the picture's own key and its owner, sealed under the platform's key; `<id>.sealed`: the picture under its own. */
const endings = { key: '.key', picture: '.sealed', unfinished: '.unfinished' } as const;

/**
 * Kept pictures as files. The key is written first and destroyed first: a picture without its key is noise, and a key without its picture
 * opens nothing. `hasRoom` is asked before anything is written: the reserve of the record is not for pictures.
 */
export function openSealedFiles({
  folder,
  key,
  hasRoom,
}: {
  folder: string;
  key: SealKey;
  hasRoom: () => Promise<boolean>;
}): EvidenceStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const fileOf = (evidenceId: EvidenceId, ending: string) => path.join(folder, `${evidenceId}${ending}`);

  async function write(file: string, bytes: Uint8Array): Promise<void> {
    const unfinished = `${file}${endings.unfinished}`;
    {
      await using handle = await open(unfinished, 'w', 0o600);
      await handle.writeFile(bytes);
      await handle.sync();
    }
    await rename(unfinished, file);
  }

  async function eraseFiles(evidenceId: EvidenceId): Promise<void> {
    await destroy(fileOf(evidenceId, endings.key));
    for (const ending of [endings.key, endings.picture]) {
      await rm(fileOf(evidenceId, ending), { force: true });
      await rm(fileOf(evidenceId, `${ending}${endings.unfinished}`), { force: true });
    }
    await syncFolder(folder);
  }

  async function ownerOf(evidenceId: EvidenceId): Promise<Actor | null> {
    const opened = await unwrap(evidenceId).catch(() => null);
    return opened?.owner ?? null;
  }

  async function unwrap(evidenceId: EvidenceId): Promise<{ key: SealKey; owner: Actor } | null> {
    const wrapped = await readOrNull(fileOf(evidenceId, endings.key));
    if (wrapped === null) return null;
    const plain = unseal({ key, about: aboutKey(evidenceId), bytes: wrapped });
    return { key: plain.subarray(0, keyBytes), owner: Actor.parse(plain.toString('utf8', keyBytes)) };
  }

  return {
    async put({ evidenceId, owner, bytes }) {
      if (!(await hasRoom())) throw new EvidenceDiskFull('no room for another picture');
      const own = newKey();
      const wrapped = seal({ key, about: aboutKey(evidenceId), bytes: Buffer.concat([own, Buffer.from(owner)]) });
      try {
        await write(fileOf(evidenceId, endings.key), wrapped);
        await write(fileOf(evidenceId, endings.picture), seal({ key: own, about: evidenceId, bytes }));
        await syncFolder(folder);
      } catch (error) {
        await eraseFiles(evidenceId).catch(() => {});
        if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new EvidenceDiskFull('the disk is full', { cause: error });
        throw error;
      }
    },
    async open(evidenceId) {
      const own = await unwrap(evidenceId);
      const sealed = own === null ? null : await readOrNull(fileOf(evidenceId, endings.picture));
      return own === null || sealed === null ? null : unseal({ key: own.key, about: evidenceId, bytes: sealed });
    },
    erase: eraseFiles,
    async list(owner) {
      const names = await readdir(folder);
      const ids = [...new Set(names.flatMap((name) => idOf(name) ?? []))];
      const all = await Promise.all(ids.map(async (evidenceId) => ({ evidenceId, owner: await ownerOf(evidenceId) })));
      return owner === undefined ? all : all.filter((each) => each.owner === owner);
    },
  };
}

const aboutKey = (evidenceId: EvidenceId) => `key of ${evidenceId}`;

function idOf(name: string): EvidenceId | null {
  const parsed = EvidenceId.safeParse(name.split('.', 1)[0]);
  return parsed.success ? parsed.data : null;
}

/** Overwrites a key where it lies before its name goes: an undelete of the file finds noise, as far as the disk writes in place. */
async function destroy(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found === null) return;
  await using handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(found.size), 0, found.size, 0);
  await handle.sync();
}

async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}

async function readOrNull(file: string): Promise<Buffer | null> {
  return await readFile(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
}
