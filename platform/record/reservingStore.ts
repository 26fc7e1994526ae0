import type { Log } from '../ports.ts';
import type { DiskReserve } from './diskReserve.ts';
import type { Batch, RecordStore } from './store.ts';

/**
 * A store that keeps a reserve for ends: when the disk is full the reserve is given back, and from then on only batches that are nothing but
 * ends (`isEnd`: a view closed, a session over) are written, until there is room for the reserve and more. Everything else is refused as on
 * a full disk.
 */
export function reservingStore({
  store,
  reserve,
  isEnd,
  log,
}: {
  store: RecordStore;
  reserve: DiskReserve;
  isEnd: (batch: Batch) => boolean;
  log: Log;
}): RecordStore {
  let isFull = false;
  let recovering: Promise<boolean> | null = null;

  async function recover(): Promise<boolean> {
    const isHeld = await reserve.hold().catch(() => false);
    if (!isHeld && !(await reserve.hasRoom().catch(() => false))) return false;
    isFull = false;
    log.info({ isHeld }, 'there is room on the disk again');
    return true;
  }

  async function hasRoom(): Promise<boolean> {
    if (!isFull) return true;
    recovering ??= recover().finally(() => (recovering = null));
    return await recovering;
  }

  function fill(error: unknown): void {
    if (isFull) return;
    isFull = true;
    reserve.release();
    log.error({ err: error }, 'the disk is full: only what ends is written, from the reserve');
  }

  return {
    ...store,
    async commit(batch) {
      if (!(await hasRoom()) && !isEnd(batch)) throw new Error('the disk is full, and its reserve is for what ends');
      try {
        return await store.commit(batch);
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        fill(error);
        if (!isEnd(batch)) throw error;
      }
      await store.commit(batch);
    },
    async writeSnapshot(snapshot) {
      // It saves time at the next start, which is not what the reserve is for.
      if (isFull) throw new Error('the disk is full');
      await store.writeSnapshot(snapshot);
    },
  };
}

/** SQLite's own words; they cross the worker's border as a message only. */
function isDiskFull(error: unknown): boolean {
  return error instanceof Error && /disk is full|ENOSPC/i.test(error.message);
}
