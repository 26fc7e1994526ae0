import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nowhere } from '#contract/catalogue/index.ts';
import type { PolicyActor } from '#contract/access/index.ts';
import { type Actor, countyFeed, type ErasureReason, type ParticularsLink, type ParticularsReference } from '#contract/record/index.ts';
import { type CountyId, type DeskId, granted, type PersonId, type RegionId } from '#contract/values/index.ts';
import { openFeeds } from '../feeds.ts';
import { createMemoryStore } from '../memoryStore.ts';
import type { RecordStore } from '../store.ts';
import { createHandPorts } from '../testing/handPorts.ts';
import { type FactDraft, openWriter } from '../writer.ts';
import { createErasureFile, createPassingErasures, type ErasureList, erasureListName } from './erasureList.ts';
import { openParticularsKeys } from './keys.ts';
import { openParticulars } from './particulars.ts';

const countyId = 'al' as CountyId;
const dayMs = 24 * 60 * 60 * 1000;
const shiftLeader: PolicyActor = { kind: 'person', roles: ['shiftLeader'], territory: ['al' as RegionId] };
const asker = { personId: 'p1' as PersonId, actor: shiftLeader, deskId: 'd1' as DeskId };

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'particulars-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function open({ erasures = createPassingErasures(), store = createMemoryStore({ epoch: 'e1' }) } = {}) {
  const hand = createHandPorts();
  const feeds = await openFeeds(store);
  const writer = await openWriter({ store, feeds, places: { placeOf: () => nowhere }, countyId, ...hand });
  const pathOf = (id: string) => (id === 'c1' ? ['al' as RegionId] : []);
  const particulars = await openParticulars({
    ...hand,
    ...{ store, writer, countyId, pathOf },
    particulars: { keys: openParticularsKeys(folder), erasures },
  });
  /** Keeps a note of a camera, as a command does. */
  async function keep(body: string, cameraId = 'c1'): Promise<ParticularsReference> {
    const { link, decided } = particulars.keep({ kind: 'cameraNote', subject: `camera/${cameraId}`, body });
    await writer.submit({
      key: null,
      actor: 'system/test' as Actor,
      decide: () => granted({ facts: [reported(cameraId, link)], ...decided }),
    });
    return link.reference;
  }
  const look = (reference: ParticularsReference, actor = shiftLeader) =>
    particulars.open({ type: 'record.openParticulars', reference, purpose: 'verification' }, { ...asker, actor });
  const tombstones = async () =>
    (await store.readFacts({ feed: countyFeed(countyId), epoch: 'e1', afterSeq: 0, limit: 99 }))
      .filter(({ fact }) => fact.type === 'record.particularsErased')
      .map(({ fact }) => JSON.parse(fact.payload) as object);
  return { ...hand, store, writer, particulars, keep, look, tombstones, erasures };
}

function reported(cameraId: string, note: ParticularsLink): FactDraft {
  return { type: 'cameras.faultReported', subject: `camera/${cameraId}`, payload: { cameraId, version: 1, fault: 'blurred', note } };
}

/** Resolves as soon as the store says that a text is gone. */
async function gone(store: RecordStore, reference: ParticularsReference): Promise<ErasureReason> {
  for (;;) {
    const erasure = (await store.readParticulars(reference))?.erasure ?? null;
    if (erasure !== null) return erasure.reason;
  }
}

describe('a note', () => {
  test('goes by itself a year after it was written, and its tombstone says why', async () => {
    const { advanceMs, keep, look, store, tombstones } = await open();
    const reference = await keep('门口的王某');
    advanceMs(364 * dayMs);
    expect(await look(reference)).toMatchObject({ ok: true, value: { kind: 'text', text: '门口的王某' } });
    advanceMs(2 * dayMs);
    expect(await gone(store, reference)).toBe('retention');
    expect(await look(reference)).toMatchObject({ value: { kind: 'erased', reason: 'retention' } });
    expect(await tombstones()).toEqual([{ reference, reason: 'retention' }]);
  });

  test('of another county, of a camera that nobody has, and one that never was are the same refusal', async () => {
    const { keep, look } = await open();
    const [here, nobodys] = [await keep('x'), await keep('y', 'unknown')];
    const foreign: PolicyActor = { ...shiftLeader, territory: ['other' as RegionId] } as PolicyActor;
    const answers = [
      await look(here, foreign),
      await look(nobodys),
      await look('8f1f5b1e-8a77-4a3c-9a53-6f6b3a0d9c11' as ParticularsReference),
    ];
    expect(answers.map((answer) => (answer.ok ? answer.value : answer.refusal.code))).toEqual(Array(3).fill('record.unknownParticulars'));
  });

  test('that was erased is listed beside the database, and a database that still has it forgets it at its next start', async () => {
    const erasures = createErasureFile(path.join(folder, erasureListName));
    const first = await open({ erasures });
    const reference = await first.keep('z');
    const decided = first.particulars.decideErasure({ type: 'record.eraseParticulars', reference, reason: 'mistake' }, shiftLeader);
    await first.writer.submit({ key: null, actor: 'system/test' as Actor, decide: () => decided });
    expect(erasures.read()).toEqual([{ reference, atMs: first.clock.nowMs(), reason: 'mistake' }]);
    // The older database: the same note, before it was erased.
    const older = createMemoryStore({ epoch: 'e1' });
    const about = { reference, countyId, kind: 'cameraNote', subject: 'camera/c1', createdAtMs: 5 } as const;
    const batch = { facts: [], receipts: [], settled: [], directory: null };
    await older.commit({ ...batch, particulars: { added: [{ ...about, body: 'z' }], erased: [] } });
    const second = await open({ erasures, store: older });
    expect(await second.look(reference)).toEqual({
      ok: true,
      value: { kind: 'erased', erasedAtMs: first.clock.nowMs(), reason: 'mistake' },
    });
    expect(await second.tombstones()).toEqual([{ reference, reason: 'mistake' }]);
  });

  test('that was erased just before a crash is listed at the next start', async () => {
    const kept: ErasureList = createPassingErasures();
    const first = await open({ erasures: { read: () => [], append: () => {} } });
    const reference = await first.keep('z');
    const decided = first.particulars.decideErasure({ type: 'record.eraseParticulars', reference, reason: 'request' }, shiftLeader);
    await first.writer.submit({ key: null, actor: 'system/test' as Actor, decide: () => decided });
    await open({ erasures: kept, store: first.store });
    expect(kept.read().map((erasure) => erasure.reference)).toEqual([reference]);
  });
});

describe('what lies beside the database', () => {
  test('is a key that only its owner reads, the same at every start, and never a made-up one', () => {
    const first = openParticularsKeys(folder);
    const file = path.join(folder, 'particulars.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(openParticularsKeys(folder).keyedHash('a')).toBe(first.keyedHash('a'));
    expect(first.keyedHash('a')).not.toBe(first.keyedHash('b'));
    writeFileSync(file, 'spoilt');
    expect(() => openParticularsKeys(folder)).toThrow('Put it back from a backup');
  });

  test('is a list of which a torn line costs that line only', () => {
    const file = path.join(folder, erasureListName);
    const erasures = createErasureFile(file);
    const erasure = (reference: string) => ({ reference: reference as ParticularsReference, atMs: 1, reason: 'request' as const });
    const [one, two] = [erasure('6f1f5b1e-8a77-4a3c-9a53-6f6b3a0d9c11'), erasure('7f1f5b1e-8a77-4a3c-9a53-6f6b3a0d9c11')];
    erasures.append([one]);
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"reference":"8f1f`);
    erasures.append([two]);
    expect(erasures.read()).toEqual([one, two]);
  });
});
