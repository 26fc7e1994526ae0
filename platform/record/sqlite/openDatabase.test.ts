import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrations } from './migrations.ts';
import { openDatabase } from './openDatabase.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'schema-'));
  file = path.join(folder, 'r.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a new record is durable: write-ahead log with a full sync, asked after the first write', () => {
  const database = openDatabase({ file, newEpoch: 'e1' });
  const settings = ['journal_mode', 'synchronous', 'user_version'].map(
    (name) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0],
  );
  database.close();
  expect(settings).toEqual(['wal', 2, migrations.length]);
});

test('the epoch of a record is given once', () => {
  openDatabase({ file, newEpoch: 'e1' }).close();
  const database = openDatabase({ file, newEpoch: 'e2' });
  const epoch = database.prepare(`SELECT value FROM meta WHERE key = 'epoch'`).get();
  database.close();
  expect(epoch).toEqual({ value: 'e1' });
});

test('a migration keeps a copy of the file as it was before, and what was in it', () => {
  openDatabase({ file, newEpoch: 'e1' }).close();
  const next = [...migrations, 'CREATE TABLE added (id TEXT PRIMARY KEY) STRICT;'];
  const database = openDatabase({ file, newEpoch: 'e2', steps: next });
  const epoch = database.prepare(`SELECT value FROM meta WHERE key = 'epoch'`).get();
  database.close();
  const copy = new DatabaseSync(`${file}.before-schema-${next.length}`, { readOnly: true });
  const tables = copy.prepare(`SELECT name FROM sqlite_schema WHERE name IN ('facts', 'added')`).all();
  copy.close();
  expect([epoch, tables]).toEqual([{ value: 'e1' }, [{ name: 'facts' }]]);
});

test('a migration that fails leaves the record as it was', () => {
  openDatabase({ file, newEpoch: 'e1' }).close();
  const broken = [...migrations, 'CREATE TABLE added (id TEXT); INSERT INTO nowhere VALUES (1);'];
  expect(() => openDatabase({ file, newEpoch: 'e1', steps: broken })).toThrow('nowhere');
  const database = openDatabase({ file, newEpoch: 'e1' });
  const added = database.prepare(`SELECT count(*) AS n FROM sqlite_schema WHERE name = 'added'`).get();
  database.close();
  expect(added).toEqual({ n: 0 });
});

test('a record of a newer version is refused, not opened halfway', () => {
  openDatabase({ file, newEpoch: 'e1', steps: [...migrations, 'CREATE TABLE added (id TEXT) STRICT;'] }).close();
  expect(() => openDatabase({ file, newEpoch: 'e1' })).toThrow('newer version');
  expect(existsSync(file)).toBe(true);
});
