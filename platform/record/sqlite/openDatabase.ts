import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations.ts';

/** How hard a commit is pressed onto the disk. `NORMAL` acknowledges what a power cut may still take: only the proof that a test would notice uses it. */
export type Synchronous = 'FULL' | 'NORMAL';

/** Copies of the file as it was before a migration: the one from before this start's first step, and the newest beside it. */
export const keptCopies = 3;

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
    refuseNewer({ database, file, steps });
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
  for (const [step, statements] of steps.entries()) {
    if (step < version) continue;
    if (!isNew && step > 0) copyBefore({ database, copy: `${file}.before-schema-${step + 1}` });
    database.exec(`BEGIN IMMEDIATE; ${statements} PRAGMA user_version = ${step + 1}; COMMIT;`);
    if (!isNew) dropOldCopies({ file, first: version + 1 });
  }
}

/** Asked before anything is set or written: a newer file is left exactly as it is. */
function refuseNewer({ database, file, steps }: { database: DatabaseSync; file: string; steps: readonly string[] }): void {
  const version = Number(pragma(database, 'user_version'));
  if (version <= steps.length) return;
  throw new Error(
    `${file} was written by a newer version of the platform (schema ${version}, this one knows ${steps.length}). Nothing was changed: start that version, or use another --data.`,
  );
}

function dropOldCopies({ file, first }: { file: string; first: number }): void {
  const folder = path.dirname(file);
  const prefix = `${path.basename(file)}.before-schema-`;
  const steps = readdirSync(folder).flatMap((name) => (name.startsWith(prefix) ? [Number(name.slice(prefix.length))] : []));
  const newest = steps.filter((step) => step !== first).toSorted((a, b) => b - a);
  const kept = steps.includes(first) ? keptCopies - 1 : keptCopies;
  for (const step of newest.slice(kept)) rmSync(path.join(folder, `${prefix}${step}`), { force: true });
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
