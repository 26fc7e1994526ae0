import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Actor, countyFeed, type Fact, type FeedName, townFeed, type ParticularsReference } from '#contract/record/index.ts';
import type { CommandId, CountyId, DeskId, PersonId, RegionId } from '#contract/values/index.ts';
import { createMemoryStore } from './memoryStore.ts';
import { openSqliteStore } from './sqlite/sqliteStore.ts';
import type { Batch, IndexedFact, RecordStore, StoredPerson } from './store.ts';

const county = countyFeed('al' as CountyId);
const town = townFeed('east' as RegionId);
const [firstId, secondId] = ['0198c7d2-0000-7000-8000-000000000001', '0198c7d2-0000-7000-8000-000000000002'] as CommandId[];
const empty: Batch = { facts: [], receipts: [], settled: [], directory: null };

function fact(number: number): Fact {
  return {
    ...{ countyId: 'al', type: 'cameras.faultCleared', v: 1, atMs: number, actor: 'system/test', commandId: null, subject: 'camera/a' },
    payload: `{"n":${number},"text":"\\u0000 安澜 😀"}`,
  } as Fact;
}

function indexed(number: number, places: readonly [FeedName, number][]): IndexedFact {
  const place = ([feed, seq]: readonly [FeedName, number]) => ({ feed, epoch: 'e1', seq, prevHash: `p${seq}`, hash: `h${seq}` });
  return { fact: fact(number), places: places.map(place) };
}

const person: StoredPerson = {
  ...{ personId: 'p1' as PersonId, account: 'duty', name: '王建国', roles: ['dutyOfficer'], territory: ['al' as RegionId] },
  ...{ passwordHash: '$argon2id$x', mustChangePassword: true, isDisabled: false },
};

const kinds = [
  { name: 'memory', open: async () => createMemoryStore({ epoch: 'e1' }), reopens: false },
  {
    name: 'sqlite',
    open: async (folder: string) => await openSqliteStore({ file: path.join(folder, 'r.sqlite'), newEpoch: 'e1' }),
    reopens: true,
  },
];

describe.each(kinds)('the $name store', ({ open, reopens }) => {
  let folder: string;
  let store: RecordStore;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'record-'));
    store = await open(folder);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  /** What is on the disk, where there is one. */
  async function again(): Promise<RecordStore> {
    if (!reopens) return store;
    await store.close();
    store = await open(folder);
    return store;
  }

  test('gives facts back byte for byte, in order, from any place on', async () => {
    await store.commit({
      ...empty,
      facts: [
        indexed(1, [[county, 1]]),
        indexed(2, [
          [county, 2],
          [town, 1],
        ]),
        indexed(3, [[county, 3]]),
      ],
    });
    const reading = await again();
    const facts = await reading.readFacts({ feed: county, epoch: 'e1', afterSeq: 1, limit: 10 });
    expect(facts).toEqual([
      { feed: county, epoch: 'e1', seq: 2, hash: 'h2', fact: fact(2) },
      { feed: county, epoch: 'e1', seq: 3, hash: 'h3', fact: fact(3) },
    ]);
    expect(await reading.readFacts({ feed: county, epoch: 'e1', afterSeq: 0, limit: 1 })).toHaveLength(1);
    expect(await reading.readFacts({ feed: county, epoch: 'other', afterSeq: 0, limit: 9 })).toEqual([]);
  });

  test('knows where each feed ends, and the hash at a place', async () => {
    await store.commit({
      ...empty,
      facts: [
        indexed(1, [
          [county, 1],
          [town, 1],
        ]),
        indexed(2, [[county, 2]]),
      ],
    });
    const reading = await again();
    const heads = await reading.heads();
    expect(heads.toSorted((a, b) => (a.feed < b.feed ? -1 : 1))).toEqual([
      { feed: county, epoch: 'e1', seq: 2, hash: 'h2' },
      { feed: town, epoch: 'e1', seq: 1, hash: 'h1' },
    ]);
    const hashes = await Promise.all([1, 2, 3].map((seq) => reading.hashAt({ feed: county, epoch: 'e1', seq })));
    expect(hashes).toEqual(['h1', 'h2', null]);
  });

  test('gives the newest snapshot back that is not behind the asked place or later than the asked time', async () => {
    const snapshot = (seq: number, atMs: number) => ({
      position: { feed: county, epoch: 'e1', seq, hash: `h${seq}` },
      atMs,
      state: '{}',
      stateHash: 's',
    });
    await store.writeSnapshot(snapshot(10, 100));
    await store.writeSnapshot(snapshot(20, 200));
    await store.writeSnapshot({ ...snapshot(20, 200), state: '{"again":1}' });
    const reading = await again();
    const places = [
      { upToSeq: 99, upToMs: 999 },
      { upToSeq: 19, upToMs: 999 },
      { upToSeq: 99, upToMs: 199 },
      { upToSeq: 9, upToMs: 999 },
    ];
    const found = await Promise.all(places.map((place) => reading.readSnapshot({ feed: county, epoch: 'e1', ...place })));
    expect(found).toEqual([{ ...snapshot(20, 200), state: '{"again":1}' }, snapshot(10, 100), snapshot(10, 100), null]);
    expect(await reading.readSnapshot({ feed: town, epoch: 'e1', upToSeq: 99, upToMs: 999 })).toBeNull();
  });

  test('goes on counting in a new epoch, and keeps what was recorded under the old one', async () => {
    await store.commit({ ...empty, facts: [indexed(1, [[county, 1]]), indexed(2, [[county, 2]])] });
    const after = { feed: county, epoch: 'e1', seq: 2, hash: 'h2' };
    const position = { ...after, epoch: 'e2', hash: 'start' };
    await store.beginEpoch({ epoch: 'e2', starts: [{ position, after }] });
    const third = { fact: fact(3), places: [{ feed: county, epoch: 'e2', seq: 3, prevHash: 'start', hash: 'h3' }] };
    await store.commit({ ...empty, facts: [third] });
    const reading = await again();
    const seqs = async (epoch: string) => (await reading.readFacts({ feed: county, epoch, afterSeq: 0, limit: 9 })).map(({ seq }) => seq);
    expect([await reading.epoch(), await seqs('e1'), await seqs('e2')]).toEqual(['e2', [1, 2], [3]]);
    expect(await reading.readEpochStart({ feed: county, epoch: 'e2' })).toEqual({ position, after });
    expect(await reading.readEpochStart({ feed: county, epoch: 'e1' })).toBeNull();
    expect(await reading.hashAt({ feed: county, epoch: 'e2', seq: 2 })).toBe('start');
    expect((await reading.heads()).filter(({ epoch }) => epoch === 'e2')).toEqual([{ ...position, seq: 3, hash: 'h3' }]);
    await expect(reading.commit({ ...empty, facts: [third] })).rejects.toThrow('does not follow');
  });

  test('writes a batch as a whole or not at all', async () => {
    const receipt = { commandId: firstId!, bodyHash: 'b', deskId: 'd1' as DeskId, reply: '{}', atMs: 5 };
    const hole: Batch = { ...empty, facts: [indexed(1, [[county, 1]]), indexed(2, [[county, 3]])], receipts: [receipt] };
    await expect(store.commit(hole)).rejects.toThrow('does not follow');
    const reading = await again();
    expect([await reading.heads(), await reading.readReceipts([firstId!])]).toEqual([[], []]);
  });

  test('writes accounts, sessions and workstations together with their facts, or none of it', async () => {
    const session = { tokenHash: 't1', personId: person.personId, openedAtMs: 1, expiresAtMs: 2 };
    const facts = [indexed(1, [[county, 1]])];
    await store.commit({ ...empty, facts, access: [{ people: [person], sessions: [session] }] });
    const other = { ...person, personId: 'p2' as PersonId };
    const taken = store.commit({ ...empty, facts: [indexed(2, [[county, 2]])], access: [{ endedSessions: ['t1'], people: [other] }] });
    await expect(taken).rejects.toThrow(/account/);
    const reading = await again();
    expect([(await reading.heads()).map(({ seq }) => seq), await reading.readPeople(), await reading.readSessions()]).toEqual([
      [1],
      [person],
      [session],
    ]);
  });

  test('tells whether somebody else changed a thing since a version, by facts that give it one', async () => {
    const about = (number: number, actor: string, payload: object): IndexedFact => {
      const { places, fact: plain } = indexed(number, [[county, number]]);
      return { places, fact: { ...plain, actor: actor as Actor, payload: JSON.stringify(payload) } };
    };
    const facts = [
      about(1, 'person/li', { version: 1 }),
      about(2, 'person/wang', { version: 2 }),
      about(3, 'person/li', { looked: 9 }),
      { ...about(4, 'person/li', { version: 9 }), fact: { ...fact(4), subject: 'camera/b' } },
    ];
    await store.commit({ ...empty, facts });
    const reading = await again();
    const isChanged = (version: number, notBy: string) =>
      reading.isChangedByOthers({ subject: 'camera/a', version, notBy: notBy as Actor });
    const answers = [isChanged(0, 'person/wang'), isChanged(1, 'person/wang'), isChanged(1, 'person/li'), isChanged(2, 'person/li')];
    expect(await Promise.all(answers)).toEqual([true, false, true, false]);
  });

  test('keeps receipts until they are dropped, and never two under one id', async () => {
    const receipts = [
      { commandId: firstId!, bodyHash: 'b1', deskId: 'd1' as DeskId, reply: '{"ok":true}', atMs: 5 },
      { commandId: secondId!, bodyHash: 'b2', deskId: 'd2' as DeskId, reply: '{"ok":false}', atMs: 9 },
    ];
    await store.commit({ ...empty, receipts });
    await expect(store.commit({ ...empty, receipts: receipts.slice(0, 1) })).rejects.toThrow(/receipt/);
    await (await again()).dropReceipts(9);
    expect(await store.readReceipts([firstId!, secondId!])).toEqual(receipts.slice(1));
  });

  test('remembers how far each desk is settled', async () => {
    const settled = { deskId: 'd1' as DeskId, commandSeq: 4, shippedSeq: 7 };
    await store.commit({ ...empty, settled: [{ ...settled, commandSeq: 1 }] });
    await store.commit({ ...empty, settled: [settled] });
    expect(await (await again()).readSettled()).toEqual([settled]);
  });

  test('replaces directory rows in place and sources per camera', async () => {
    const source = { cameraId: 'a' as never, quality: 'main', url: 'rtsp://10.0.0.1/a', transport: 'tcp' } as const;
    const rows = [
      { kind: 'cameras', id: 'a', body: '{"id":"a"}' },
      { kind: 'cameras', id: 'b', body: '{"id":"b"}', origin: '{"crs":"GCJ02"}' },
    ] as const;
    await store.commit({ ...empty, directory: { revision: 1, contentHash: 'c1', rows, sources: [source], sourcesOf: [source.cameraId] } });
    const changed = [{ kind: 'cameras', id: 'a', body: '{"id":"a","name":"new"}' }] as const;
    const moved = { ...source, url: 'rtsp://10.0.0.2/a' };
    await store.commit({
      ...empty,
      directory: { revision: 2, contentHash: 'c2', rows: changed, sources: [moved], sourcesOf: [source.cameraId] },
    });
    const reading = await again();
    expect(await reading.readDirectory()).toEqual({ revision: 2, contentHash: 'c2', rows: [...changed, rows[1]] });
    expect(await reading.readSources()).toEqual([moved]);
  });

  test('tells where its snapshots are, and forgets the ones named', async () => {
    const snapshot = (seq: number, epoch = 'e1') => ({
      position: { feed: 'county/al' as FeedName, epoch, seq, hash: `h${seq}` },
      ...{ atMs: seq * 10, state: '{}', stateHash: 's' },
    });
    for (const each of [snapshot(1), snapshot(2), snapshot(2, 'e0')]) await store.writeSnapshot(each);
    await store.dropSnapshots([
      { feed: 'county/al' as FeedName, epoch: 'e1', seq: 1 },
      { feed: 'county/al' as FeedName, epoch: 'e1', seq: 9 },
    ]);
    const places = await (await again()).snapshotPlaces();
    expect(places.toSorted((a, b) => (a.epoch < b.epoch ? -1 : 1))).toEqual([
      { feed: 'county/al', epoch: 'e0', seq: 2, atMs: 20 },
      { feed: 'county/al', epoch: 'e1', seq: 2, atMs: 20 },
    ]);
  });

  test('keeps people, sessions, devices and the county', async () => {
    const session = { tokenHash: 't1', personId: person.personId, openedAtMs: 1, expiresAtMs: 2 };
    const device = { deskId: 'd1' as DeskId, keyHash: 'k', territory: ['al' as RegionId], enrolledBy: person.personId, enrolledAtMs: 3 };
    const profile = { countyId: 'al' as CountyId, name: '安澜县', nameEn: 'Anlan', timeZone: 'Asia/Shanghai', mode: 'demo' } as const;
    await store.writePerson(person);
    await store.writePerson({ ...person, isDisabled: true });
    await store.writeSession(session);
    await store.writeSession({ ...session, tokenHash: 't2' });
    await store.dropSessions(['t2', 'unknown']);
    await store.writeDevice(device);
    await store.writeCounty(profile);
    const reading = await again();
    expect([
      await reading.readPeople(),
      await reading.readSessions(),
      await reading.readDevices(),
      await reading.readCounty(),
      await reading.epoch(),
    ]).toEqual([[{ ...person, isDisabled: true }], [session], [device], profile, 'e1']);
  });

  test('does not give one account to two people', async () => {
    await store.writePerson(person);
    await expect(store.writePerson({ ...person, personId: 'p2' as PersonId })).rejects.toThrow(/account/);
  });

  test('keeps texts that may name people beside their facts, and forgets the words of those that are erased', async () => {
    const about = { countyId: 'al' as CountyId, kind: 'cameraNote', subject: 'camera/a', createdAtMs: 5 } as const;
    const [first, second] = ['6f1f5b1e-8a77-4a3c-9a53-6f6b3a0d9c11', '7f1f5b1e-8a77-4a3c-9a53-6f6b3a0d9c11'] as ParticularsReference[];
    const added = [first, second].map((reference) => ({ ...about, reference: reference!, body: `词 ${reference}` }));
    await store.commit({ ...empty, particulars: { added, erased: [] } });
    await store.commit({ ...empty, particulars: { added: [], erased: [{ reference: first!, atMs: 9, reason: 'request' }] } });
    // What is gone already stays as it went.
    await store.commit({ ...empty, particulars: { added: [], erased: [{ reference: first!, atMs: 10, reason: 'mistake' }] } });
    expect(await store.scrub()).toBe(true);
    const reading = await again();
    const erasure = { atMs: 9, reason: 'request' } as const;
    expect([
      await reading.readParticulars(first!),
      await reading.readParticulars(second!),
      await reading.readParticulars('8f1f5b1e-8a77-4a3c-9a53-6f6b3a0d9c11' as ParticularsReference),
      await reading.listParticulars(),
    ]).toEqual([
      { ...about, reference: first, body: null, erasure },
      { ...about, reference: second, body: `词 ${second}`, erasure: null },
      null,
      [
        { ...about, reference: first, erasure },
        { ...about, reference: second, erasure: null },
      ],
    ]);
  });

  test('writes no such text when the batch that brings it fails', async () => {
    const reference = '6f1f5b1e-8a77-4a3c-9a53-6f6b3a0d9c11' as ParticularsReference;
    const text = { reference, countyId: 'al' as CountyId, kind: 'cameraNote', subject: 'camera/a', createdAtMs: 5, body: 'x' } as const;
    const gap = { ...empty, facts: [indexed(2, [[county, 2]])], particulars: { added: [text], erased: [] } };
    await expect(store.commit(gap)).rejects.toThrow('does not follow');
    expect(await store.listParticulars()).toEqual([]);
  });

  test('answers nothing after it was closed', async () => {
    const closing = await open(path.join(folder, '.'));
    await closing.close();
    await expect(closing.heads()).rejects.toThrow('closed');
  });
});
