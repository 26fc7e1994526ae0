import { statfs } from 'node:fs/promises';
import type { LinkLog } from '#contract/link/index.ts';
import type { Randomness, Timers } from '#contract/values/index.ts';
import { createDownload } from '#main/link/index.ts';
import type { TrustedLine } from '#main/trust/index.ts';
import { openPackKeeper, type PackKeeper } from './packKeeper.ts';
import { packShelfFolder } from './packShelf.ts';

type RoomPorts = {
  readonly dataDir: string;
  readonly platformUrl: string;
  readonly trust: TrustedLine;
  readonly bearer: () => string | null;
  readonly timers: Timers;
  readonly randomness: Randomness;
  readonly log: LinkLog;
  /** Told which pack there is, so that windows draw it. */
  readonly room: { change(changes: { mapPack: string }): void };
};

/** The room's map: kept in its data folder, fetched over its line to the platform. */
export async function openRoomMap({ dataDir, room, ...ports }: RoomPorts): Promise<PackKeeper> {
  const shelf = packShelfFolder(dataDir);
  return await openPackKeeper({
    ...{ ...ports, shelf },
    freeBytes: async () => {
      const { bavail, bsize } = await statfs(shelf);
      return bavail * bsize;
    },
    download: createDownload(ports),
    onPack: ({ contentHash }) => room.change({ mapPack: contentHash }),
  });
}
