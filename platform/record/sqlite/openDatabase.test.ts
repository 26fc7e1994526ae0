import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrations } from './migrations.ts';
import { keptCopies, openDatabase } from './openDatabase.ts';

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
  const before = readFileSync(file);
  const sentence = `${file} was written by a newer version of the platform (schema ${migrations.length + 1}, this one knows ${migrations.length})`;
  expect(() => openDatabase({ file, newEpoch: 'e1' })).toThrow(sentence);
  expect(readFileSync(file).equals(before)).toBe(true);
});

/** A record as the platform with schema `version` left it: a fact, a receipt, a person, a camera. */
function recordOfVersion(version: number): void {
  const database = openDatabase({ file, newEpoch: 'e1', steps: migrations.slice(0, version) });
  database.exec(`
    INSERT INTO facts (county_id, type, v, at_ms, actor, subject, payload) VALUES ('al', 'cameras.sourceRestored', 1, 5, 'system/x', 'camera/c', '{}');
    INSERT INTO feeds VALUES ('county/al', 'e1', 1, 'h1');
    INSERT INTO feed_index VALUES ('county/al', 'e1', 1, 'h0', 'h1', 1);
    INSERT INTO receipts (command_id, body_hash, reply, at_ms) VALUES ('k1', 'b', '{}', 5);
    INSERT INTO directory_rows (kind, id, body, since_revision) VALUES ('cameras', 'c', '{"id":"c"}', 1);
    INSERT INTO people (person_id, account, name, roles, territory, password_hash, is_disabled) VALUES ('p', 'a', '王', '[]', '[]', 'x', 0);`);
  database.close();
}

test.each(migrations.map((_, index) => index + 1).slice(0, -1))('a record of schema %i is lifted with everything in it', (version) => {
  recordOfVersion(version);
  const database = openDatabase({ file, newEpoch: 'e2' });
  const tables = ['facts', 'feeds', 'feed_index', 'receipts', 'directory_rows', 'people'];
  const counts = tables.map((table) => database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
  const [{ body } = { body: '' }] = database.prepare('SELECT body FROM directory_rows').all() as { body: string }[];
  const epoch = database.prepare(`SELECT value FROM meta WHERE key = 'epoch'`).get()?.['value'];
  const lifted = database.prepare('PRAGMA user_version').get()?.['user_version'];
  database.close();
  expect([counts, body, epoch, lifted]).toEqual([[1, 1, 1, 1, 1, 1], '{"id":"c"}', 'e1', migrations.length]);
  const copies = readdirSync(folder).filter((name) => name.includes('before-schema'));
  expect(copies.length).toBe(Math.min(keptCopies, migrations.length - version));
  // What was there before this start's first step is the one that an operator goes back to.
  const first = new DatabaseSync(`${file}.before-schema-${version + 1}`, { readOnly: true });
  const found = [
    first.prepare('PRAGMA user_version').get()?.['user_version'],
    first.prepare('SELECT count(*) AS n FROM facts').get()?.['n'],
  ];
  first.close();
  expect(found).toEqual([version, 1]);
});
