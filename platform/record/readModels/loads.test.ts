import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IncidentId, RegionId } from '#contract/values/index.ts';
import { createMemoryStore } from '../memoryStore.ts';
import { openSqliteStore } from '../sqlite/sqliteStore.ts';
import type { RecordStore } from '../store.ts';
import type { RegisterChange } from './changes.ts';

const rows = ['al', 'east', 'west', 'g-1', 'g-2', 'g-3'].map((id) => ({
  kind: 'regions' as const,
  id,
  body: JSON.stringify({ parentId: { al: null, east: 'al', west: 'al', 'g-1': 'east', 'g-2': 'east', 'g-3': 'west' }[id] }),
}));
const reported = (id: string, grid: string, atMs: number): RegisterChange => ({
  ...{ kind: 'incidentReported', incidentId: id as IncidentId, regionId: grid as RegionId, atMs },
});
const closed = (id: string, atMs: number): RegisterChange => ({ kind: 'incidentClosed', incidentId: id as IncidentId, atMs });
const asked = (territory: string, instants: readonly number[], reportedAfterMs = 0) => ({
  ...{ territory: [territory as RegionId], instants, reportedAfterMs },
});
const sorted = (found: Awaited<ReturnType<RecordStore['readLoads']>>) => found.toSorted((a, b) => (a.regionId < b.regionId ? -1 : 1));

async function fill(store: RecordStore): Promise<RecordStore> {
  const directory = { revision: 1, contentHash: 'c', rows, sources: [], sourcesOf: [] };
  await store.commit({ facts: [], receipts: [], settled: [], directory });
  return store;
}
const tell = (store: RecordStore, registers: readonly RegisterChange[]) => store.addToReadModels({ registers, documents: [] });

const kinds = [
  { name: 'memory', open: async () => createMemoryStore({ epoch: 'e1' }) },
  { name: 'sqlite', open: async (folder: string) => await openSqliteStore({ file: path.join(folder, 'r.sqlite'), newEpoch: 'e1' }) },
];
describe.each(kinds)('what was open in the past, of the $name store', ({ open }) => {
  let folder: string;
  let store: RecordStore;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'loads-'));
    store = await fill(await open(folder));
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  test('counts from the report to the moment before the closing, summed over the moments, by grid', async () => {
    await tell(store, [reported('a', 'g-1', 10), reported('b', 'g-1', 20), reported('c', 'g-3', 15), closed('a', 30)]);
    expect(sorted(await store.readLoads(asked('al', [9, 10, 29, 30], 14)))).toEqual([
      { regionId: 'g-1', openThen: 1 + 2 + 1, lastReportedAtMs: 20 },
      { regionId: 'g-3', openThen: 2, lastReportedAtMs: 15 },
    ]);
    expect(await store.firstReportAtMs()).toBe(10);
  });

  test('tells a town of its own grids only, and of grids that were silent nothing but their load', async () => {
    await tell(store, [reported('a', 'g-1', 10), reported('b', 'g-2', 20), reported('c', 'g-3', 15)]);
    expect(sorted(await store.readLoads(asked('east', [25], 15)))).toEqual([
      { regionId: 'g-1', openThen: 1, lastReportedAtMs: null },
      { regionId: 'g-2', openThen: 1, lastReportedAtMs: 20 },
    ]);
    expect(await store.readLoads(asked('west', [], 15))).toEqual([]);
  });

  test('an incident that is told again moves to its new grid and is one all the same; dropped rows are gone', async () => {
    await tell(store, [reported('a', 'g-1', 10), closed('a', 12), closed('a', 99), reported('a', 'g-2', 20)]);
    expect(await store.readLoads(asked('al', [25], 0))).toEqual([{ regionId: 'g-2', openThen: 1, lastReportedAtMs: 10 }]);
    await store.dropReadModels();
    expect([await store.firstReportAtMs(), await store.readLoads(asked('al', [25]))]).toEqual([null, []]);
  });
});

test('both stores say the same of any history', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'loads-'));
  const stores = await Promise.all(kinds.map(async ({ open }) => await fill(await open(folder))));
  const change = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 3 }), fc.boolean());
  const moments = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 25 }), moments, async (told, at) => {
      const changes = told.map(([id, grid, isReport], time) => (isReport ? reported(`i${id}`, `g-${grid}`, time) : closed(`i${id}`, time)));
      const said = [];
      for (const store of stores) {
        await store.dropReadModels();
        await tell(store, changes);
        said.push([await store.firstReportAtMs(), sorted(await store.readLoads(asked('al', at, 8)))]);
      }
      expect(said[0]).toEqual(said[1]);
    }),
    { seed: 11, numRuns: 25 },
  );
  await Promise.all(stores.map((store) => store.close()));
  rmSync(folder, { recursive: true });
}, 60_000);
