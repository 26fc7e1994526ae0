import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** Beside the record: how many facts it had when the last batch was acknowledged. Not in a backup: what is put back has fewer, rightly. */
const markEnding = '.acknowledged';
const digits = 20;

/**
 * Notices a record that has lost its end, by a cut or torn write-ahead log: SQLite goes on with what fits and says nothing. The mark is
 * written after each commit without a sync, so a power cut may take the last ones; the mark is then too small, never too large.
 * Throws a sentence when the record has fewer facts than the mark says.
 */
export function openAcknowledged({ database, file }: { database: DatabaseSync; file: string }): { wrote(): void; close(): void } {
  const mark = `${file}${markEnding}`;
  const newest = database.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'facts'`);
  const factCount = () => Number(newest.get()?.['seq'] ?? 0);
  const [marked, found] = [readMark(mark), factCount()];
  if (marked > found) {
    throw new Error(
      `${file} has lost its end: it had ${marked} facts when the last one was acknowledged, and has ${found} now. Put a backup back (npm run restore); or keep a copy of the folder, remove ${mark}, and go on with what is there.`,
    );
  }
  const handle = openSync(mark, 'a+', 0o600);
  closeSync(handle);
  const open = openSync(mark, 'r+');
  let last = marked;
  return {
    wrote() {
      const count = factCount();
      if (count === last) return;
      writeSync(open, `${String(count).padStart(digits)}\n`, 0);
      last = count;
    },
    close: () => closeSync(open),
  };
}

function readMark(mark: string): number {
  try {
    return Number(readFileSync(mark, 'latin1')) || 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
