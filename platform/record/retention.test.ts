import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startHousekeeping } from './housekeeping.ts';
import { createMemoryStore } from './memoryStore.ts';
import { retentionOf, snapshotsToDrop } from './retention.ts';
import { openDatabase } from './sqlite/openDatabase.ts';
import type { StoredSnapshot } from './store.ts';
import { createHandPorts } from './testing/handPorts.ts';

const dayMs = 24 * 60 * 60 * 1000;
const nowMs = Date.parse('2026-06-15T12:00:00Z');

test('every table of the record has a line that says how long its rows last, and no line speaks of a table that is not there', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'retention-'));
  const database = openDatabase({ file: path.join(folder, 'r.sqlite'), newEpoch: 'e1' });
  const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'`).all();
  database.close();
  rmSync(folder, { recursive: true });
  // Full-text search keeps its own tables under its name.
  const names = tables.map(({ name }) => String(name)).filter((name) => !name.startsWith('search_tokens_'));
  expect(names.toSorted()).toEqual(Object.keys(retentionOf).toSorted());
});

/** Two snapshots a day for 400 days, in one feed. */
function yearOfPlaces(feed = 'county/al') {
  return Array.from({ length: 800 }, (_, index) => ({ feed, epoch: 'e1', seq: index + 1, atMs: nowMs - (799 - index) * (dayMs / 2) }));
}

test('of each feed stay the three newest snapshots, the last of each of 30 days, and the last of each month before', () => {
  const places = [...yearOfPlaces(), ...yearOfPlaces('audit/al')];
  const dropped = new Set(snapshotsToDrop({ places, nowMs }));
  const kept = places.filter((place) => !dropped.has(place) && place.feed === 'county/al');
  const daysBack = kept.map(({ atMs }) => (nowMs - atMs) / dayMs);
  expect(dropped.size).toBe((800 - kept.length) * 2);
  expect(daysBack.filter((days) => days <= 1)).toEqual([1, 0.5, 0]);
  expect(daysBack.filter((days) => days > 1 && days <= 30).length).toBe(29);
  const months = kept.filter(({ atMs }) => nowMs - atMs > 30 * dayMs).map(({ atMs }) => new Date(atMs).toISOString().slice(0, 7));
  expect([new Set(months).size, months.length]).toEqual([13, 13]);
});

test('where a month brings many facts more stay, so that a look back never folds more than 10,000', () => {
  let busy = yearOfPlaces().map((place) => ({ ...place, seq: place.seq * 2_300 }));
  for (let round = 0; round < 3; round += 1) {
    const dropped = new Set(snapshotsToDrop({ places: busy, nowMs }));
    busy = busy.filter((place) => !dropped.has(place));
    const gaps = busy.map(({ seq }, index) => seq - (busy[index - 1]?.seq ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(10_000);
  }
  expect(busy.length).toBeLessThan(300);
});

test('what stays is the same whether the house is kept every day or once a year', () => {
  let daily = yearOfPlaces().slice(0, 2);
  for (const place of yearOfPlaces().slice(2)) {
    daily = [...daily, place];
    const dropped = new Set(snapshotsToDrop({ places: daily, nowMs: place.atMs }));
    daily = daily.filter((kept) => !dropped.has(kept));
  }
  const dropped = new Set(snapshotsToDrop({ places: yearOfPlaces(), nowMs }));
  expect(daily).toEqual(yearOfPlaces().filter((place) => ![...dropped].some(({ seq }) => seq === place.seq)));
});

test('the epoch before a restore keeps its own snapshots', () => {
  const places = [1, 2, 3].map((seq) => ({ feed: 'county/al', epoch: 'e1', seq, atMs: nowMs - 300 * dayMs }));
  expect(snapshotsToDrop({ places: [...places, ...yearOfPlaces().map((place) => ({ ...place, epoch: 'e2' }))], nowMs })).not.toContain(
    places[2],
  );
  expect(snapshotsToDrop({ places, nowMs })).toEqual([]);
});

test('the house is kept once a day in small bites, and a store that refuses is asked again the next day', async () => {
  const ports = createHandPorts({ nowMs });
  const store = createMemoryStore({ epoch: 'e1' });
  for (const { feed, epoch, seq, atMs } of yearOfPlaces()) {
    await store.writeSnapshot({ position: { feed, epoch, seq, hash: 'h' }, atMs, state: '{}', stateHash: 's' } as StoredSnapshot);
  }
  const bites: number[] = [];
  let isRefusing = true;
  const dropSnapshots: typeof store.dropSnapshots = async (places) => {
    if (isRefusing) throw new Error('database or disk is full');
    bites.push(places.length);
    await store.dropSnapshots(places);
  };
  const stop = startHousekeeping({ ...ports, store: { snapshotPlaces: store.snapshotPlaces, dropSnapshots } });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  ports.advanceMs(60_000);
  await settle();
  expect([bites, ports.said]).toEqual([[], ['old snapshots stay for now']]);
  isRefusing = false;
  ports.advanceMs(dayMs);
  for (let turn = 0; turn < 60; turn += 1) {
    await settle();
    ports.advanceMs(200);
  }
  expect([Math.max(...bites), bites.reduce((sum, count) => sum + count, 0) + (await store.snapshotPlaces()).length]).toEqual([16, 800]);
  expect(snapshotsToDrop({ places: await store.snapshotPlaces(), nowMs: ports.clock.nowMs() })).toEqual([]);
  stop();
});
