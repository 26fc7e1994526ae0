import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations.ts';

/** How hard a commit is pressed onto the disk. `NORMAL` acknowledges what a power cut may still take: only the proof that a test would notice uses it. */
export type Synchronous = 'FULL' | 'NORMAL';

/**
 * Opens (or makes) the record's file: WAL + synchronous=FULL, newest schema. Throws when the file is of a newer version, or when the
 * two settings did not take: an ack means fsync, so they are asserted after the first write and not believed before.
 */
export function openDatabase({
  file,
  newEpoch,
  synchronous = 'FULL',
  steps = migrations,
}: {
  file: string;
  newEpoch: string;
  synchronous?: Synchronous;
  steps?: readonly string[];
}): DatabaseSync {
  const isNew = !existsSync(file);
  const database = new DatabaseSync(file, { timeout: 5_000, enableForeignKeyConstraints: true });
  try {
    // What is erased is overwritten, not only forgotten.
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA secure_delete = ON;`);
    migrate({ database, file, isNew, steps });
    database.prepare(`INSERT INTO meta (key, value) VALUES ('epoch', ?) ON CONFLICT (key) DO NOTHING`).run(newEpoch);
    database
      .prepare(`INSERT INTO meta (key, value) VALUES ('opened', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1`)
      .run();
    if (synchronous === 'FULL') assertDurable(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate({
  database,
  file,
  isNew,
  steps,
}: {
  database: DatabaseSync;
  file: string;
  isNew: boolean;
  steps: readonly string[];
}): void {
  const version = Number(pragma(database, 'user_version'));
  if (version > steps.length) {
    throw new Error(`${file} was written by a newer version of the platform (schema ${version}, this one knows ${steps.length})`);
  }
  for (const [step, statements] of steps.entries()) {
    if (step < version) continue;
    if (!isNew && step > 0) copyBefore({ database, copy: `${file}.before-schema-${step + 1}` });
    database.exec(`BEGIN IMMEDIATE; ${statements} PRAGMA user_version = ${step + 1}; COMMIT;`);
  }
}

function copyBefore({ database, copy }: { database: DatabaseSync; copy: string }): void {
  // A copy that is already there comes from an attempt that did not finish; the oldest one is the one worth keeping.
  if (!existsSync(copy)) database.prepare('VACUUM INTO ?').run(copy);
}

function assertDurable(database: DatabaseSync): void {
  const journal = pragma(database, 'journal_mode');
  const synchronous = pragma(database, 'synchronous');
  if (journal !== 'wal' || synchronous !== 2) {
    throw new Error(`the record must be WAL with synchronous=FULL (2), but is ${String(journal)} with ${String(synchronous)}`);
  }
}

function pragma(database: DatabaseSync, name: 'user_version' | 'journal_mode' | 'synchronous'): unknown {
  return database.prepare(`PRAGMA ${name}`).get()?.[name];
}
