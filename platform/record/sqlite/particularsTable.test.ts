import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { ParticularsReference } from '#contract/record/index.ts';
import type { CountyId } from '#contract/values/index.ts';
import { openSqliteStore } from './sqliteStore.ts';

const reference = '6f1f5b1e-8a77-4a3c-9a53-6f6b3a0d9c11' as ParticularsReference;
const needle = '王某 13800000000';
const empty = { facts: [], receipts: [], settled: [], directory: null };

test('what is erased is in no file of the folder, nor in copies from before a migration', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'particulars-'));
  const file = path.join(folder, 'record.sqlite');
  const holding = () => readdirSync(folder).filter((name) => readFileSync(path.join(folder, name)).includes(needle));
  const store = await openSqliteStore({ file, newEpoch: 'e1' });
  const about = { reference, countyId: 'al' as CountyId, kind: 'cameraNote', subject: 'camera/a', createdAtMs: 5 } as const;
  await store.commit({ ...empty, particulars: { added: [{ ...about, body: needle }], erased: [] } });
  expect(await store.scrub()).toBe(true);
  copyFileSync(file, `${file}.before-schema-99`);
  new DatabaseSync(`${file}.before-schema-2`).close();
  expect(holding()).toEqual(['record.sqlite', 'record.sqlite.before-schema-99']);
  await store.commit({ ...empty, particulars: { added: [], erased: [{ reference, atMs: 9, reason: 'request' }] } });
  expect(await store.scrub()).toBe(true);
  expect(holding()).toEqual([]);
  await store.close();
  rmSync(folder, { recursive: true });
});

test('while somebody else reads the file, its log of writes cannot be emptied, and that is said', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'particulars-'));
  const file = path.join(folder, 'record.sqlite');
  const store = await openSqliteStore({ file, newEpoch: 'e1' });
  const reader = new DatabaseSync(file, { readOnly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT COUNT(*) FROM particulars').get();
  const about = { reference, countyId: 'al' as CountyId, kind: 'cameraNote', subject: 'camera/a', createdAtMs: 5 } as const;
  await store.commit({ ...empty, particulars: { added: [{ ...about, body: needle }], erased: [] } });
  expect(await store.scrub()).toBe(false);
  reader.exec('COMMIT');
  reader.close();
  expect(await store.scrub()).toBe(true);
  await store.close();
  rmSync(folder, { recursive: true });
});
