import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newestVersions } from '#contract/catalogue/index.ts';
import { auditFeed, countyFeed, type Fact } from '#contract/record/index.ts';
import { type CountyId, type RegionId } from '#contract/values/index.ts';
import { createMemoryStore } from '../memoryStore.ts';
import { openSqliteStore } from '../sqlite/sqliteStore.ts';
import type { Batch, DirectoryRow, IndexedFact, RecordStore } from '../store.ts';
import type { FaultFilter, LookingFilter } from './queries.ts';
import { readModelsOf, rebuildReadModels } from './rebuild.ts';
import type { SearchDocument } from './search.ts';
import { termsOf, tokensOf } from './tokens.ts';

const countyId = 'al' as CountyId;
const empty: Batch = { facts: [], receipts: [], settled: [], directory: null };
const anyone = { personId: null, cameraIds: null, below: null, purpose: null, standing: null, fromMs: null, untilMs: null };
const county = ['al'] as RegionId[];

/** Two towns with a village each; a camera per village. */
const rows: readonly DirectoryRow[] = [
  { kind: 'regions', id: 'al', body: '{"parentId":null}' },
  ...['east', 'west'].flatMap((town): DirectoryRow[] => [
    { kind: 'regions', id: town, body: '{"parentId":"al"}' },
    { kind: 'regions', id: `${town}-1`, body: `{"parentId":"${town}"}` },
    { kind: 'cameras', id: `cam-${town}`, body: `{"regionId":"${town}-1"}` },
  ]),
];

const names: Readonly<Record<string, string>> = { 'cam-east': '河口镇东门广场', 'cam-west': '西河桥 NEAR 2 号' };
function documentsOf(given: readonly DirectoryRow[]): readonly SearchDocument[] {
  return given.flatMap(({ kind, id }): readonly SearchDocument[] => {
    if (kind !== 'cameras') return [];
    const title = names[id] ?? id;
    const tokens = tokensOf({ texts: [title, 'dongmenguangchang'], wholes: [id, '61050300001310000042'] });
    return [{ kind, ref: id, regionId: `${id.slice(4)}-1` as RegionId, cameraId: null, title, ...tokens }];
  });
}
const project = readModelsOf({ documentsOf });

type Told = { readonly type: keyof typeof newestVersions; readonly payload: object; readonly actor?: string };

const kinds = [
  { name: 'memory', open: async () => createMemoryStore({ epoch: 'e1' }) },
  { name: 'sqlite', open: async (folder: string) => await openSqliteStore({ file: path.join(folder, 'r.sqlite'), newEpoch: 'e1' }) },
];

/** Tells facts to a store as the writer would, at the next places of their feed. */
function createTeller(store: RecordStore) {
  const heads = new Map<string, number>();
  let atMs = 1_000;
  return async (told: readonly Told[]) => {
    const facts = told.map(({ type, payload, actor = 'person/p1' }): IndexedFact => {
      const feed = type.startsWith('audit.') ? auditFeed(countyId) : countyFeed(countyId);
      const seq = (heads.get(feed) ?? 0) + 1;
      heads.set(feed, seq);
      const envelope = { countyId, type, v: newestVersions[type], atMs: (atMs += 10), actor, commandId: null, subject: 'camera/x' };
      const fact = { ...envelope, payload: JSON.stringify(payload) } as Fact;
      return { fact, places: [{ feed, epoch: 'e1', seq, prevHash: `p${seq}`, hash: `h${seq}` }] };
    });
    const batch = { ...empty, facts };
    await store.commit({ ...batch, readModels: project(batch) });
  };
}

function openedView({
  grantId,
  camera = 'cam-east',
  reference = null,
}: {
  grantId: string;
  camera?: string;
  reference?: string | null;
}): Told {
  const purpose = { kind: reference === null ? 'patrol' : 'incident', reference };
  const payload = { grantId, cameraId: camera, quality: 'sub', purpose, tile: 'D1/0', deskId: 'd1', personId: 'p1' };
  return { type: 'audit.viewOpened', payload };
}
const closed = (grantId: string, why = 'closed'): Told => ({
  type: 'audit.viewClosed',
  payload: { grantId, cameraId: 'cam-east', why },
});
const lost = (cameraId: string, version: number): Told => ({
  type: 'cameras.sourceLost',
  payload: { cameraId, version, reason: 'noData' },
  actor: 'system/gateway',
});
const restored = (cameraId: string, version: number): Told => ({
  type: 'cameras.sourceRestored',
  payload: { cameraId, version },
  actor: 'system/gateway',
});

const unmoving = (cameraId: string, version: number, sinceMs: number): Told => ({
  type: 'cameras.pictureUnmoving',
  payload: { cameraId, version, sinceMs, why: 'still' },
  actor: 'system/gateway',
});
const moving = (cameraId: string, version: number): Told => ({
  type: 'cameras.pictureMoving',
  payload: { cameraId, version },
  actor: 'system/gateway',
});
const judged = (cameraId: string, version: number, word: string): Told => ({
  type: 'cameras.unmovingJudged',
  payload: { cameraId, version, word },
  actor: 'person/p1',
});

describe.each(kinds)('registers and search in the $name store', ({ open }) => {
  let folder: string;
  let store: RecordStore;
  let tell: ReturnType<typeof createTeller>;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'readmodels-'));
    store = await open(folder);
    tell = createTeller(store);
    const directory = { revision: 1, contentHash: 'c', rows, sources: [], sourcesOf: [] };
    await store.commit({ ...empty, directory, readModels: project({ facts: [], directory }) });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const looking = (filter: Partial<LookingFilter> = {}) =>
    store.readLooking({ filter: { ...anyone, ...filter }, beforeSeq: null, limit: 100 });
  const faultFilter: FaultFilter = {
    territory: county,
    cameraIds: null,
    below: null,
    kind: null,
    standing: null,
    fromMs: null,
    untilMs: null,
  };
  const faults = (filter: Partial<FaultFilter> = {}) => store.readFaults({ filter: { ...faultFilter, ...filter }, from: null, limit: 100 });
  const everything = async () => [
    await looking(),
    await faults(),
    await store.readAudit({ filter: { personId: null, types: null, fromMs: null, untilMs: null }, beforeSeq: null, limit: 100 }),
    await find('河'),
    await find('S-2026'),
  ];
  const find = async (text: string, territory: readonly RegionId[] | null = county) =>
    await store.search({ terms: termsOf(text), scopes: [{ kinds: ['cameras', 'faults', 'looking'], territory }], limit: 50 });
  const refs = async (text: string, territory: readonly RegionId[] | null = county) =>
    (await find(text, territory)).map(({ kind, ref }) => `${kind} ${ref}`);

  test('a look is one interval, and a grant that was opened twice is two', async () => {
    await tell([openedView({ grantId: 'g1' }), openedView({ grantId: 'g1' }), closed('g1', 'rightEnded')]);
    const { rows: intervals, count } = await looking();
    expect(count).toBe(2);
    expect(intervals.map(({ seq, openedAtMs, endedAtMs, end }) => ({ seq, openedAtMs, endedAtMs, end }))).toEqual([
      { seq: 2, openedAtMs: 1_020, endedAtMs: null, end: null },
      { seq: 1, openedAtMs: 1_010, endedAtMs: 1_030, end: 'rightEnded' },
    ]);
  });

  test('a platform that died ends every open look, and says so in the audit register', async () => {
    await tell([
      openedView({ grantId: 'g1' }),
      openedView({ grantId: 'g2' }),
      closed('g2'),
      { type: 'audit.viewsLost', payload: { openViews: 1 } },
    ]);
    expect((await looking()).rows.map(({ end }) => end)).toEqual(['closed', 'platformEnded']);
    const filter = { personId: null, types: ['audit.viewsLost'], fromMs: null, untilMs: null };
    expect(await store.readAudit({ filter, beforeSeq: null, limit: 9 })).toMatchObject({ count: 1, rows: [{ seq: 4 }] });
  });

  test('looks are filtered by camera, region, purpose, standing and the time they touch', async () => {
    await tell([openedView({ grantId: 'g1' }), closed('g1'), openedView({ grantId: 'g2', camera: 'cam-west', reference: 'S-2026-0042' })]);
    const seqs = async (filter: Partial<LookingFilter>) => (await looking(filter)).rows.map(({ seq }) => seq);
    expect(await seqs({ cameraIds: ['cam-west'] as never })).toEqual([3]);
    expect(await seqs({ below: ['east'] as never })).toEqual([1]);
    expect(await seqs({ below: county })).toEqual([3, 1]);
    expect(await seqs({ purpose: 'incident' })).toEqual([3]);
    expect(await seqs({ standing: 'ended' })).toEqual([1]);
    expect(await seqs({ fromMs: 1_015, untilMs: 1_030 })).toEqual([1]);
    expect(await seqs({ personId: 'p2' as never })).toEqual([]);
  });

  test('an outage is one interval per loss, and nobody counts those of another town', async () => {
    await tell([lost('cam-east', 1), lost('cam-west', 1), restored('cam-east', 2), lost('cam-east', 3)]);
    const { rows: all } = await faults();
    expect(all.map(({ seq, cameraId, fromMs, untilMs, untilActor }) => [seq, cameraId, fromMs, untilMs, untilActor])).toEqual([
      [4, 'cam-east', 1_040, null, null],
      [2, 'cam-west', 1_020, null, null],
      [1, 'cam-east', 1_010, 1_030, 'system/gateway'],
    ]);
    expect(await faults({ territory: ['west'] as never })).toMatchObject({ count: 1, rows: [{ seq: 2 }] });
    expect(await faults({ territory: [] })).toEqual({ count: 0, rows: [] });
  });

  test('a picture that stood still is an interval from when it began, with a person’s last word; one that is lost stands still no more', async () => {
    await tell([
      judged('cam-east', 1, 'fault'),
      unmoving('cam-east', 2, 500),
      judged('cam-east', 3, 'fault'),
      judged('cam-east', 4, 'quiet'),
      moving('cam-east', 5),
      judged('cam-east', 6, 'fault'),
      unmoving('cam-west', 1, 600),
      lost('cam-west', 2),
    ]);
    const { rows: all } = await faults({ kind: 'unmoving' });
    const told = all.map(({ cameraId, reason, fromMs, fromActor, untilMs, word, wordActor }) => ({
      ...{ cameraId, reason, fromMs, fromActor, untilMs, word, wordActor },
    }));
    expect(told).toEqual([
      { cameraId: 'cam-west', reason: 'still', fromMs: 600, fromActor: 'system/gateway', untilMs: 1_080, word: null, wordActor: null },
      {
        cameraId: 'cam-east',
        reason: 'still',
        fromMs: 500,
        fromActor: 'system/gateway',
        untilMs: 1_050,
        word: 'quiet',
        wordActor: 'person/p1',
      },
    ]);
    expect(await faults()).toMatchObject({ count: 3 });
  });

  test('faults that began in the same moment are told once each, page after page', async () => {
    const unended = { untilMs: null, untilActor: null, word: null, wordActor: null };
    const began = (seq: number, cameraId: string, fromMs: number) =>
      ({
        kind: 'faultBegan',
        row: { seq, cameraId, kind: 'outage', reason: 'noData', fromMs, fromActor: 'system/gateway', ...unended },
      }) as never;
    const add = (...registers: never[]) => store.addToReadModels({ registers, documents: [] });
    await add(began(1, 'cam-east', 10), began(2, 'cam-west', 20), began(3, 'cam-east', 20), began(4, 'cam-west', 20));
    const page = async (from: { atMs: number; skip: number } | null) =>
      (await store.readFaults({ filter: faultFilter, from, limit: 2 })).rows.map(({ seq }) => seq);
    const first = await page(null);
    await add(began(5, 'cam-east', 20), began(6, 'cam-east', 30));
    expect([first, await page({ atMs: 20, skip: 2 }), await page({ atMs: 20, skip: 4 })]).toEqual([[2, 3], [4, 5], [1]]);
  });

  test('a page does not move when rows are added behind it', async () => {
    await tell(Array.from({ length: 5 }, (_, index) => openedView({ grantId: `g${index}` })));
    const first = await store.readLooking({ filter: anyone, beforeSeq: null, limit: 2 });
    await tell([openedView({ grantId: 'later' })]);
    const second = await store.readLooking({ filter: anyone, beforeSeq: first.rows.at(-1)?.seq ?? null, limit: 2 });
    expect([...first.rows, ...second.rows].map(({ seq }) => seq)).toEqual([5, 4, 3, 2]);
  });

  test('two Chinese characters are found, one alone, pinyin, the beginning and the end of a number, and a whole one', async () => {
    for (const text of ['河口', '口', '东门广场', 'dongmen', 'cam-east', 'cameast', 'east', '61050300001310000042', '0042', '610503'])
      expect([text, await refs(text)]).toEqual([text, expect.arrayContaining(['cameras cam-east'])]);
    for (const text of ['门东', '北门', 'menguang', '999', '河口 北门']) expect([text, await refs(text)]).toEqual([text, []]);
  });

  test('what is typed is never an operator', async () => {
    expect(await refs('河口 NEAR 广场')).toEqual([]);
    expect(await refs('NEAR 西河')).toEqual(['cameras cam-west']);
    for (const text of ['"', '*', 'NEAR(', 'title:x', '-河口', 'a" OR "b', "');DROP TABLE facts;--", 'words : cam', '^', '{}', '\u0000'])
      expect(Array.isArray(await refs(text))).toBe(true);
    expect(await refs('-河口*')).toEqual(['cameras cam-east']);
  });

  test('somebody of one town finds nothing of another, nor its faults; a row that changed is found as it is now', async () => {
    await tell([lost('cam-east', 1), lost('cam-west', 1), openedView({ grantId: 'g1', reference: 'S-2026-0042' })]);
    expect(await refs('河')).toEqual(['cameras cam-west', 'faults cam-west', 'cameras cam-east', 'faults cam-east'].toSorted(byTurn));
    expect(await refs('河', ['west'] as RegionId[])).toEqual(['cameras cam-west', 'faults cam-west']);
    expect(await refs('2026-0042')).toEqual(['looking 1']);
    const renamed: SearchDocument = { ...documentsOf(rows)[0]!, title: '南门', ...tokensOf({ texts: ['南门'] }) };
    await store.addToReadModels({ registers: [], documents: [renamed] });
    expect([await refs('河口'), await refs('南门')]).toEqual([[], ['cameras cam-east', 'faults cam-east']]);
  });

  test('everything can be worked out anew from facts and directory, and is the same', async () => {
    const log = { info: () => {} };
    await tell([openedView({ grantId: 'g1', reference: 'S-2026-1' }), lost('cam-east', 1), closed('g1'), restored('cam-east', 2)]);
    await tell([openedView({ grantId: 'g2' }), lost('cam-west', 1), { type: 'audit.loggedIn', payload: { personId: 'p1' } }]);
    const before = await everything();
    expect(await rebuildReadModels({ store, countyId, documentsOf, log })).toBe('rebuilt');
    expect(await everything()).toEqual(before);
    expect(await rebuildReadModels({ store, countyId, documentsOf, log })).toBe('kept');
    await store.dropReadModels();
    expect(await everything()).not.toEqual(before);
    expect(await rebuildReadModels({ store, countyId, documentsOf, log })).toBe('rebuilt');
    expect(await everything()).toEqual(before);
  });

  test('a batch that cannot be written leaves no row behind', async () => {
    const hole = { feed: auditFeed(countyId), epoch: 'e1', seq: 7, prevHash: 'p', hash: 'h' };
    const fact = { countyId, type: 'audit.loggedIn', v: 1, atMs: 1, actor: 'person/p1', commandId: null, subject: 'person/p1' };
    const batch: Batch = { ...empty, facts: [{ fact: { ...fact, payload: '{"personId":"p1"}' } as Fact, places: [hole] }] };
    await expect(store.commit({ ...batch, readModels: project(batch) })).rejects.toThrow('does not follow');
    expect((await everything())[2]).toEqual({ rows: [], count: 0 });
  });
});

/** Kinds take turns, in the order of their names; within one, shorter titles first. */
function byTurn(a: string, b: string): number {
  const order = ['cameras cam-east', 'faults cam-east', 'cameras cam-west', 'faults cam-west'];
  return order.indexOf(a) - order.indexOf(b);
}

test('both stores answer the same to whatever happened and whatever is asked', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'readmodels-'));
  let made = 0;
  const openPassing = () => openSqliteStore({ file: path.join(folder, `${(made += 1)}.sqlite`), newEpoch: 'e1', synchronous: 'NORMAL' });
  const camera = fc.constantFrom('cam-east', 'cam-west', 'cam-gone');
  const grant = fc.constantFrom('g1', 'g2');
  const told = fc.oneof(
    fc.record({ grantId: grant, camera, reference: fc.constantFrom(null, 'S-1', '演练 3') }).map(openedView),
    grant.map((id) => closed(id)),
    fc.constant<Told>({ type: 'audit.viewsLost', payload: { openViews: 1 } }),
    fc.tuple(camera, fc.nat(9)).map(([id, version]) => lost(id, version + 1)),
    fc.tuple(camera, fc.nat(9)).map(([id, version]) => restored(id, version + 1)),
  );
  const text = fc.oneof(fc.constantFrom('河', '西河', 'cam', '演练', 'S-1', '0042'), fc.string({ unit: 'binary', maxLength: 8 }));
  await fc.assert(
    fc.asyncProperty(fc.array(told, { maxLength: 20 }), fc.array(text, { minLength: 1, maxLength: 4 }), async (facts, texts) => {
      const answers = [];
      for (const { open } of [{ open: async () => createMemoryStore({ epoch: 'e1' }) }, { open: openPassing }]) {
        const store = await open();
        const directory = { revision: 1, contentHash: 'c', rows, sources: [], sourcesOf: [] };
        await store.commit({ ...empty, directory, readModels: project({ facts: [], directory }) });
        await createTeller(store)(facts);
        const territory = ['west'] as RegionId[];
        const filter = { territory, cameraIds: null, below: null, kind: null, standing: null, fromMs: null, untilMs: null };
        answers.push([
          await store.readLooking({ filter: { ...anyone, below: territory }, beforeSeq: null, limit: 50 }),
          await store.readFaults({ filter, from: null, limit: 50 }),
          ...(await Promise.all(
            texts.map((asked) =>
              store.search({ terms: termsOf(asked), scopes: [{ kinds: ['cameras', 'faults', 'looking'], territory: null }], limit: 9 }),
            ),
          )),
        ]);
        await store.close();
      }
      expect(answers[1]).toEqual(answers[0]);
    }),
    { numRuns: 25 },
  );
  rmSync(folder, { recursive: true });
}, 60_000);
