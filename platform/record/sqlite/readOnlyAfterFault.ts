import type { RecordStore } from '../store.ts';

/** SQLite's own words for SQLITE_IOERR and SQLITE_CORRUPT; a full disk (SQLITE_FULL) is another thing and mends by itself. */
const brokenDisk = /disk I\/O error|database disk image is malformed/;

const writes = [
  ...['commit', 'writeCounty', 'writeSnapshot', 'dropSnapshots', 'beginEpoch', 'dropReceipts'],
  ...['writePerson', 'writeSession', 'dropSessions', 'writeDevice'],
] as const;

/**
 * After an error of the disk nothing more is written until the platform is started again: what the kernel says about later writes to the
 * same pages cannot be believed (a failed fsync is reported once). Reads go on.
 */
export function readOnlyAfterFault(store: RecordStore, { onFault }: { onFault: (why: Error) => void }): RecordStore {
  let fault: Error | null = null;
  const guarded = (write: (...given: unknown[]) => Promise<unknown>) => {
    return async (...given: unknown[]): Promise<unknown> => {
      if (fault !== null) throw new Error('the record is read-only since its disk failed', { cause: fault });
      try {
        return await write(...given);
      } catch (error) {
        if (fault === null && error instanceof Error && brokenDisk.test(error.message)) {
          fault = error;
          onFault(error);
        }
        throw error;
      }
    };
  };
  const named = writes.filter((name) => name in store).map((name) => [name, guarded(store[name as keyof RecordStore] as never)] as const);
  return { ...store, ...(Object.fromEntries(named) as Partial<RecordStore>), isWritable: () => fault === null };
}
