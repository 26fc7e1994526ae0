import { readdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ParticularsReference } from '#contract/record/index.ts';
import type { ParticularsChange, ParticularsEntry, StoredParticulars } from '../store.ts';

/** Texts that may name people. Nothing else in the database holds a word of them. */
export function createParticularsTable(database: DatabaseSync) {
  const insert = database.prepare(
    'INSERT INTO particulars (reference, county_id, kind, subject, body, created_at_ms) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const erase = database.prepare(
    'UPDATE particulars SET body = NULL, erased_at_ms = ?, erased_for = ? WHERE reference = ? AND erased_at_ms IS NULL',
  );
  const entries = database.prepare(
    'SELECT reference, county_id, kind, subject, created_at_ms, erased_at_ms, erased_for FROM particulars ORDER BY reference',
  );
  const one = database.prepare('SELECT * FROM particulars WHERE reference = ?');
  const gone = database.prepare('SELECT reference FROM particulars WHERE erased_at_ms IS NOT NULL');

  return {
    /** Writes inside the transaction that the caller opened. */
    changeParticulars({ added, erased }: ParticularsChange): void {
      for (const { reference, countyId, kind, subject, body, createdAtMs } of added)
        insert.run(reference, countyId, kind, subject, body, createdAtMs);
      for (const { reference, atMs, reason } of erased) erase.run(atMs, reason, reference);
    },
    readParticulars: (reference: ParticularsReference): StoredParticulars | null => {
      const row = one.get(reference);
      return row === undefined ? null : ({ ...toEntry(row), body: row.body } as StoredParticulars);
    },
    listParticulars: (): readonly ParticularsEntry[] => entries.all().map(toEntry),
    /** Pages are overwritten where they were freed (secure_delete); what is left is the log of writes, which is emptied here. */
    scrub: (): boolean => {
      const references = gone.all().map(({ reference }) => String(reference));
      if (references.length > 0) for (const copy of copiesOf(database)) eraseIn(copy, references);
      // Not waited for: whoever reads the file must not hold up the writer.
      const { timeout } = database.prepare('PRAGMA busy_timeout').get() as { timeout: number };
      database.exec('PRAGMA busy_timeout = 0');
      try {
        return database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
      } finally {
        database.exec(`PRAGMA busy_timeout = ${timeout}`);
      }
    },
  };
}

/** Copies of the file from before a migration: they hold the same words. */
function copiesOf(database: DatabaseSync): readonly string[] {
  const file = database.location();
  if (file === null) return [];
  const names = readdirSync(path.dirname(file)).filter((name) => name.startsWith(`${path.basename(file)}.before-schema-`));
  return names.map((name) => path.join(path.dirname(file), name));
}

function eraseIn(file: string, references: readonly string[]): void {
  const copy = new DatabaseSync(file, { timeout: 5_000 });
  try {
    copy.exec('PRAGMA secure_delete = ON');
    // One from before there were such texts has no table of them.
    if (copy.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'particulars'`).get() === undefined) return;
    const erase = copy.prepare('UPDATE particulars SET body = NULL WHERE reference = ? AND body IS NOT NULL');
    for (const reference of references) erase.run(reference);
  } finally {
    copy.close();
  }
}

function toEntry(row: Record<string, unknown>): ParticularsEntry {
  const erasure = row.erased_at_ms === null ? null : { atMs: row.erased_at_ms, reason: row.erased_for };
  const { reference, kind, subject } = row;
  return { reference, countyId: row.county_id, kind, subject, createdAtMs: row.created_at_ms, erasure } as ParticularsEntry;
}
