import { randomFillSync } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { open, statfs, stat } from 'node:fs/promises';
import path from 'node:path';

/** Space that is kept free for what must be written when there is none left. */
export type DiskReserve = {
  /** Sets the space aside; false when there is not enough of it. Cheap when it is set aside already. */
  hold(): Promise<boolean>;
  /** Gives the space back to the disk at once. */
  release(): void;
  /** Whether there is room for more than the reserve itself. */
  hasRoom(): Promise<boolean>;
};

/** The reserve's file in a data folder; no backup keeps it. */
export const reserveName = 'reserve.bin';

const chunkBytes = 1024 * 1024;
/** What ordinary work must find free before it goes on: some hundred batches with their index pages. */
const leastRoomBytes = 4 * chunkBytes;

/** A file of `bytes` in `folder`. Of random bytes: a file system that packs zeros would keep no space for them. */
export function createDiskReserve({ folder, bytes }: { folder: string; bytes: number }): DiskReserve {
  const file = path.join(folder, reserveName);
  let owed = 0;

  async function freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  }

  return {
    async hold() {
      const held = await stat(file).catch(() => null);
      if (held?.size === bytes) return true;
      if ((await freeBytes()) < bytes - (held?.size ?? 0) + leastRoomBytes) return false;
      const isWritten = await fill({ file, bytes }).then(
        () => true,
        () => false,
      );
      if (isWritten) owed = 0;
      else rmSync(file, { force: true });
      return isWritten;
    },
    release() {
      // What was never set aside is not owed: a disk too small for the reserve is worked on without one.
      if (existsSync(file)) owed = bytes;
      rmSync(file, { force: true });
    },
    hasRoom: async () => (await freeBytes()) >= owed + leastRoomBytes,
  };
}

async function fill({ file, bytes }: { file: string; bytes: number }): Promise<void> {
  const chunk = randomFillSync(new Uint8Array(Math.min(chunkBytes, bytes)));
  await using handle = await open(file, 'w', 0o600);
  for (let written = 0; written < bytes; written += chunk.length) {
    await handle.write(chunk.subarray(0, Math.min(chunk.length, bytes - written)));
  }
  await handle.datasync();
}
