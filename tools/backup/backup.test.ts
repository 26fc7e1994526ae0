import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nowhere } from '#contract/catalogue/index.ts';
import { type Actor, countyFeed } from '#contract/record/index.ts';
import { type CameraId, type CountyId, granted, type PersonId } from '#contract/values/index.ts';
import { takeDataFolder } from '#platform/dataFolder.ts';
import { restoredNoteOf } from '#platform/audit/index.ts';
import {
  createStandingFile,
  disabledIn,
  keepStandings,
  openFeeds,
  openSqliteStore,
  openWriter,
  type RecordStore,
  standingListName,
} from '#platform/record/index.ts';
import { createHandPorts } from '#platform/record/testing/handPorts.ts';
import { makeBackup } from './makeBackup.ts';
import { restoreBackup } from './restoreBackup.ts';

const countyId = 'al' as CountyId;
const feed = countyFeed(countyId);
const profile = { countyId, name: '安澜县', nameEn: 'Anlan', timeZone: 'Asia/Shanghai', mode: 'normal' } as const;

let root: string;
let data: string;
let copy: string;
let store: RecordStore;
beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'backup-'));
  data = path.join(root, 'platform');
  copy = path.join(root, 'copy');
  mkdirSync(data);
  store = await openRecord(data);
  await store.writeCounty(profile);
  await record(3);
});
afterEach(async () => {
  await store.close().catch(() => {});
  rmSync(root, { recursive: true });
});

async function openRecord(folder: string): Promise<RecordStore> {
  return await openSqliteStore({ file: path.join(folder, 'record.sqlite'), newEpoch: 'e1' });
}

async function record(count: number): Promise<void> {
  const ports = createHandPorts();
  const feeds = await openFeeds(store);
  const writer = await openWriter({ store, feeds, places: { placeOf: () => nowhere }, countyId, ...ports });
  const facts = Array.from({ length: count }, (_, index) => {
    const payload = { cameraId: 'c1' as CameraId, version: index + 1 };
    return { type: 'cameras.sourceRestored', subject: 'camera/c1', payload } as const;
  });
  await writer.submit({ key: null, actor: 'system/test' as Actor, decide: () => granted({ facts }) });
  await writer.close();
}

test('a backup is made while the record is open and being written, and is as it was at that moment', async () => {
  const { manifest, places } = await makeBackup({ from: data, to: copy });
  await record(2);
  expect([places, manifest.county, manifest.heads.map(({ seq }) => seq)]).toEqual([3, '安澜县', [3]]);
  expect((await store.heads()).map(({ seq }) => seq)).toEqual([5]);
});

test('what lies beside the record comes along, but for what only a running platform needs', async () => {
  for (const name of ['signing.key', 'running.json', 'lock.sqlite', 'reserve.bin', 'restored.json'])
    writeFileSync(path.join(data, name), name);
  const { manifest } = await makeBackup({ from: data, to: copy });
  expect(manifest.files.map(({ name }) => name)).toEqual(['record.sqlite', 'signing.key']);
});

test('a backup never writes over a folder that holds something', async () => {
  mkdirSync(copy);
  writeFileSync(path.join(copy, 'mine.txt'), 'x');
  await expect(makeBackup({ from: data, to: copy })).rejects.toThrow('not empty');
});

test('a record with one changed fact is not taken for a backup', async () => {
  await store.close();
  const database = new DatabaseSync(path.join(data, 'record.sqlite'));
  database.exec(`UPDATE facts SET actor = 'person/somebody' WHERE gid = 2`);
  database.close();
  await expect(makeBackup({ from: data, to: copy })).rejects.toThrow(`${feed}: the chain fits up to 1, its head says 3`);
  expect(existsSync(copy)).toBe(false);
});

test('a restore brings the facts back under a new epoch, ends all sessions, and keeps what it replaced', async () => {
  const person = {
    personId: 'p1' as PersonId,
    account: 'duty',
    name: '王建国',
    roles: [],
    territory: [],
    passwordHash: 'x',
    mustChangePassword: false,
    isDisabled: false,
  };
  await store.writePerson(person);
  await store.writeSession({ tokenHash: 't1', personId: person.personId, openedAtMs: 1, expiresAtMs: 2 });
  const { manifest } = await makeBackup({ from: data, to: copy });
  await record(2);
  await store.close();
  const { aside, places } = await restoreBackup({ from: copy, to: data, by: 'tester' });
  store = await openRecord(data);
  const feeds = await openFeeds(store);
  const epoch = await store.epoch();
  expect([places, feeds.headOf(feed).seq, await store.readSessions(), await store.readPeople()]).toEqual([3, 3, [], [person]]);
  expect(epoch).not.toBe(manifest.epoch);
  const replaced = await openRecord(aside ?? '');
  expect((await replaced.heads()).map(({ seq }) => seq)).toEqual([5]);
  await replaced.close();
  // What was restored can be backed up and restored again, over both epochs.
  await record(1);
  const second = await makeBackup({ from: data, to: path.join(root, 'second') });
  expect(second.places).toBe(4);
});

test('whoever was disabled after the backup stays out when it is put back, and whoever was enabled again comes back in', async () => {
  const person = (id: string) => ({
    ...{ personId: id as PersonId, account: id, name: id, roles: [], territory: [] },
    ...{ passwordHash: 'x', mustChangePassword: false, isDisabled: false },
  });
  for (const id of ['shut', 'back']) await store.writePerson(person(id));
  await makeBackup({ from: data, to: copy });
  const standings = createStandingFile(path.join(data, standingListName));
  const disable = (ids: string[], nowMs: number) =>
    keepStandings({ people: ['shut', 'back'].map((id) => ({ ...person(id), isDisabled: ids.includes(id) })), standings, nowMs });
  disable(['shut', 'back'], 1);
  disable(['shut'], 2);
  await store.close();
  const restored = await restoreBackup({ from: copy, to: data, by: 'wang' });
  store = await openRecord(data);
  const epoch = await store.epoch();
  expect([restored.disabledAgain, (await store.readPeople()).map(({ personId, isDisabled }) => [personId, isDisabled])]).toEqual([
    1,
    [
      ['back', false],
      ['shut', true],
    ],
  ]);
  expect(restoredNoteOf(data)?.note).toEqual({ madeAtMs: restored.manifest.madeAtMs, by: 'wang', epoch, disabledAgain: 1 });
  // The list goes with the record, so that the next restore knows it too.
  expect([...disabledIn(createStandingFile(path.join(data, standingListName)).read())]).toEqual(['shut']);
});

test('a restore refuses while a platform has the folder, and touches nothing', async () => {
  await makeBackup({ from: data, to: copy });
  await store.close();
  const running = takeDataFolder(data);
  await expect(restoreBackup({ from: copy, to: data, by: 'tester' })).rejects.toThrow('A platform runs on');
  running?.release();
  store = await openRecord(data);
  expect(await store.epoch()).toBe('e1');
});

test.each([
  ['a changed file', () => appendFileSync(path.join(copy, 'record.sqlite'), 'x'), 'not the file that was backed up'],
  ['a missing file', () => rmSync(path.join(copy, 'record.sqlite')), 'is missing'],
  ['no manifest', () => rmSync(path.join(copy, 'backup.json')), 'no whole backup'],
])('a backup with %s is refused before anything is touched', async (_, spoil, why) => {
  await makeBackup({ from: data, to: copy });
  await store.close();
  const before = readFileSync(path.join(data, 'record.sqlite'));
  spoil();
  await expect(restoreBackup({ from: copy, to: data, by: 'tester' })).rejects.toThrow(why);
  expect(readFileSync(path.join(data, 'record.sqlite')).equals(before)).toBe(true);
});
