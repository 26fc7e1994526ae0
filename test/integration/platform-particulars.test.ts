import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FeedFact } from '#contract/record/index.ts';
import { auditFeed, countyFeed } from '#contract/record/index.ts';
import type { CountyId } from '#contract/values/index.ts';
import { createErasureFile, erasureListName, openParticularsKeys, openSqliteStore, type RecordStore } from '#platform/record/index.ts';
import { faultReport, openCountyDesk } from '../builders/openDesk.ts';
import { logIn, openTestPlatform } from '../builders/platform.ts';
import { makeBackup } from '#tools/backup/makeBackup.ts';
import { restoreBackup } from '#tools/backup/restoreBackup.ts';

const needle = '王某 13800000000 家门口';
const countyId = 'testland' as CountyId;
const purpose = 'maintenance';

let root: string;
let data: string;
let said: string[];
let closing: AsyncDisposableStack;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'particulars-'));
  data = path.join(root, 'platform');
  mkdirSync(data);
  said = [];
  closing = new AsyncDisposableStack();
});
afterEach(async () => {
  await closing.disposeAsync();
  rmSync(root, { recursive: true });
});

/** A platform on the data folder, with its log in `said`, and the duty officer's desk. */
async function open({ wrap = (store: RecordStore) => store } = {}) {
  const store = await openSqliteStore({ file: path.join(data, 'record.sqlite'), newEpoch: 'e1' });
  const particulars = { keys: openParticularsKeys(data), erasures: createErasureFile(path.join(data, erasureListName)) };
  const log = pino({ level: 'trace' }, { write: (line: string) => void said.push(line) });
  const platform = await openTestPlatform({ store: wrap(store), particulars, log });
  closing.defer(() => platform.close());
  const duty = await openCountyDesk(platform.url);
  closing.defer(() => duty.desk.close());
  await duty.desk.ask('attach', { session: duty.session });
  await duty.desk.resume([{ feed: 'county/testland', position: null }]);
  const close = async () => {
    duty.desk.close();
    await platform.close();
  };
  return { ...platform, store, duty, keys: particulars.keys, close };
}
type Opened = Awaited<ReturnType<typeof open>>;

/** The duty officer writes a note beside a fault; answers the reference that its fact holds. */
async function report({ duty }: Opened, deskSeq = 1): Promise<{ reference: string; hash: string }> {
  await duty.desk.ask('command', faultReport({ session: duty.session, deskSeq, note: needle }));
  const isReport = ({ fact }: FeedFact) => fact.type === 'cameras.faultReported';
  await duty.desk.until(() => duty.desk.told.facts.some(isReport));
  const payload = JSON.parse(duty.desk.told.facts.findLast(isReport)?.fact.payload ?? '{}') as {
    note: { reference: string; hash: string };
  };
  return payload.note;
}

async function erase({ url, duty }: Opened, { reference, deskSeq }: { reference: string; deskSeq: number }): Promise<unknown> {
  const { session } = await logIn({ url, account: 'admin' });
  const command = { type: 'record.eraseParticulars', reference, reason: 'request' };
  return await duty.desk.ask('command', { ...faultReport({ session, deskSeq }), command });
}

const ask = ({ duty }: Opened, reference: string) => duty.desk.ask('ask', { type: 'record.openParticulars', reference, purpose });
const filesWith = (text: string, folder = data): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(path.join(entry.parentPath, entry.name)).includes(text))
    .map(({ name }) => name);

/** Tables of the record in whose rows the words are. */
function tablesWith(text: string): string[] {
  const database = new DatabaseSync(path.join(data, 'record.sqlite'), { readOnly: true });
  const tables = database
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`)
    .all()
    .map(({ name }) => String(name));
  const holding = tables.filter((name) => JSON.stringify(database.prepare(`SELECT * FROM "${name}"`).all(), asText).includes(text));
  database.close();
  return holding;
}
const asText = (_: string, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value);

test('words beside a report lie in one table, and in no fact, feed, receipt, log or index', async () => {
  const platform = await open();
  const { reference, hash } = await report(platform);
  // Once as it is, once unreadable: what is refused is not written down either.
  const tooLong = faultReport({ session: platform.duty.session, deskSeq: 2, note: needle.repeat(50) });
  expect(await platform.duty.desk.ask('command', tooLong)).toMatchObject({ refusal: { code: 'bus.badMessage' } });
  expect(tablesWith(needle)).toEqual(['particulars']);
  expect(said.filter((line) => line.includes(needle))).toEqual([]);
  expect(said.length).toBeGreaterThan(5);
  expect(JSON.stringify(platform.duty.desk.told)).not.toContain(needle);
  expect(hash).toBe(platform.keys.keyedHash(`${reference}\n${needle}`));
});

test('who opens them is on the record before he is told, and another town hears only that there is no such thing', async () => {
  const platform = await open();
  const { reference } = await report(platform);
  expect(await ask(platform, reference)).toMatchObject({ ok: true, value: { kind: 'text', text: needle } });
  const audit = await platform.store.readFacts({ feed: auditFeed(countyId), epoch: 'e1', afterSeq: 0, limit: 99 });
  const opened = audit
    .filter(({ fact }) => fact.type === 'audit.particularsOpened')
    .map(({ fact }) => [fact.actor, JSON.parse(fact.payload)]);
  const { deskId } = platform.duty.device;
  expect(opened).toEqual([[expect.stringMatching(/^person\//), { reference, purpose, deskId }]]);
  const { session } = await logIn({ url: platform.url, account: 'town' });
  await platform.duty.desk.ask('attach', { session });
  expect(await ask(platform, reference)).toEqual({ ok: false, refusal: { code: 'access.notAllowed' } });
  await platform.duty.desk.ask('attach', { session: null });
  expect(await ask(platform, reference)).toEqual({ ok: false, refusal: { code: 'access.sessionEnded' } });
});

test('what cannot be audited is not told', async () => {
  const wrap = (store: RecordStore): RecordStore => ({
    ...store,
    commit: async (batch) => {
      if (batch.facts.some(({ fact }) => fact.type === 'audit.particularsOpened')) throw new Error('the disk is full');
      await store.commit(batch);
    },
  });
  const platform = await open({ wrap });
  const { reference } = await report(platform);
  expect(await ask(platform, reference)).toEqual({ ok: false, refusal: { code: 'bus.notRecorded' } });
});

test('what is erased is gone from every file when the erasure is answered, and whoever asks is told since when and why', async () => {
  const platform = await open();
  const { reference } = await report(platform);
  expect(filesWith(needle)).not.toEqual([]);
  expect(await erase(platform, { reference, deskSeq: 2 })).toMatchObject({ ok: true, factCount: 1 });
  expect(filesWith(needle)).toEqual([]);
  expect(await ask(platform, reference)).toMatchObject({ ok: true, value: { kind: 'erased', reason: 'request' } });
  const county = await platform.store.readFacts({ feed: countyFeed(countyId), epoch: 'e1', afterSeq: 0, limit: 99 });
  expect(county.map(({ fact }) => fact.type)).toEqual(['directory.imported', 'cameras.faultReported', 'record.particularsErased']);
  expect(await erase(platform, { reference, deskSeq: 3 })).toMatchObject({ ok: false, refusal: { code: 'record.alreadyErased' } });
});

test('an erasure outlives the restore of an older backup', async () => {
  const first = await open();
  const { reference } = await report(first);
  await makeBackup({ from: data, to: path.join(root, 'backup') });
  await erase(first, { reference, deskSeq: 2 });
  await first.close();
  await restoreBackup({ from: path.join(root, 'backup'), to: data, by: 'test' });
  // The backup does have it: without the list it would be back.
  expect(filesWith(needle)).toEqual(['record.sqlite']);
  const second = await open();
  expect(filesWith(needle)).toEqual([]);
  expect(await ask(second, reference)).toMatchObject({ ok: true, value: { kind: 'erased', reason: 'request' } });
});
