import { expect, test } from 'vitest';
import { type FeedState, nowhere, toFeedSnapshot } from '#contract/catalogue/index.ts';
import { type Actor, countyFeed } from '#contract/record/index.ts';
import { type CameraId, type CountyId, granted } from '#contract/values/index.ts';
import { openFeeds } from './feeds.ts';
import { readThroughEpochs, stateAt } from './history.ts';
import { createMemoryStore } from './memoryStore.ts';
import { beginEpoch } from './newEpoch.ts';
import { sha256 } from './sha256.ts';
import { factsPerSnapshot, openSnapshots, snapshotEveryMs } from './snapshots.ts';
import type { RecordStore, StoredSnapshot } from './store.ts';
import { createHandPorts } from './testing/handPorts.ts';
import { openWriter } from './writer.ts';

const countyId = 'al' as CountyId;
const feed = countyFeed(countyId);
const cameraId = 'c1' as CameraId;

/** A platform's record over a store that remembers what was folded of it. */
async function openRecord(store: RecordStore = createMemoryStore({ epoch: 'e1' })) {
  const ports = createHandPorts();
  const written: StoredSnapshot[] = [];
  let read = 0;
  const watched: RecordStore = {
    ...store,
    writeSnapshot: async (snapshot) => {
      written.push(snapshot);
      await store.writeSnapshot(snapshot);
    },
    readFacts: async (range) => {
      const facts = await store.readFacts(range);
      read += facts.length;
      return facts;
    },
  };
  const feeds = await openFeeds(watched, ports.log);
  const writer = await openWriter({ store: watched, feeds, places: { placeOf: () => nowhere }, countyId, ...ports });
  writer.onRecorded((await openSnapshots({ store: watched, view: feeds, log: ports.log })).recorded);
  const past = (moment: { seq: number } | { atMs: number }) => stateAt({ store: watched, log: ports.log, moment: { feed, ...moment } });
  return {
    ...ports,
    feeds,
    written,
    store: watched,
    past,
    factsRead: () => read,
    /** Records `count` facts in one batch: the source of a camera goes and comes back. */
    async record(count: number): Promise<void> {
      const version = (feeds.stateOf(feed).cameras.get(cameraId)?.version ?? 0) + 1;
      const facts = Array.from({ length: count }, (_, index) => {
        const payload = { cameraId, version: version + index };
        return { type: 'cameras.sourceRestored', subject: `camera/${cameraId}`, payload } as const;
      });
      await writer.submit({ key: null, actor: 'system/test' as Actor, decide: () => granted({ facts }) });
    },
  };
}

function versionIn(state: FeedState): number {
  return state.cameras.get(cameraId)?.version ?? 0;
}

test('a snapshot is kept before 10,000 facts lie behind the last one, and the state there is the same as folded from the first fact', async () => {
  const { record, written, past, store } = await openRecord();
  for (let batch = 0; batch < 21; batch += 1) await record(500);
  const seqs = written.map(({ position }) => position.seq);
  expect(seqs.map((seq, index) => seq - (seqs[index - 1] ?? 0)).every((gap) => gap > 0 && gap <= factsPerSnapshot)).toBe(true);
  expect(seqs.length).toBeGreaterThan(0);
  const withoutAny = { ...store, readSnapshot: async () => null };
  const folded = await stateAt({ store: withoutAny, log: { warn: () => {} }, moment: { feed, seq: 10_200 } });
  expect(await past({ seq: 10_200 })).toEqual(folded);
});

test('a feed in which something happens has a snapshot a day, and a quiet one none', async () => {
  const { record, written, advanceMs } = await openRecord();
  await record(1);
  advanceMs(snapshotEveryMs - 1);
  await record(1);
  expect(written).toEqual([]);
  advanceMs(3 * snapshotEveryMs);
  await record(1);
  await record(1);
  expect(written.map(({ position }) => position.seq)).toEqual([3]);
});

test('a start folds from the newest snapshot and the facts behind it', async () => {
  const { record, store, advanceMs, feeds } = await openRecord();
  await record(200);
  advanceMs(snapshotEveryMs);
  await record(1);
  await record(5);
  const again = await openRecord(store);
  expect([toFeedSnapshot(again.feeds.stateOf(feed)), again.feeds.headOf(feed), again.factsRead(), again.said]).toEqual([
    toFeedSnapshot(feeds.stateOf(feed)),
    feeds.headOf(feed),
    5,
    [],
  ]);
});

test.each([
  ['another hash than the chain', (kept: StoredSnapshot) => ({ ...kept, position: { ...kept.position, hash: '0'.repeat(64) } })],
  ['another state than it was written with', (kept: StoredSnapshot) => ({ ...kept, state: kept.state.replace('normal', 'nOrmal') })],
  [
    'the hash of a version that knew other facts',
    (kept: StoredSnapshot) => ({ ...kept, stateHash: sha256(JSON.stringify([{}, kept.state])) }),
  ],
])('a snapshot with %s is not used, and that is said', async (_, spoil) => {
  const { record, store, advanceMs, written, feeds } = await openRecord();
  await record(200);
  advanceMs(snapshotEveryMs);
  await record(1);
  await store.writeSnapshot(spoil(written[0]!));
  const again = await openRecord(store);
  expect([again.feeds.stateOf(feed), again.factsRead(), again.said]).toEqual([
    feeds.stateOf(feed),
    201,
    ['a snapshot does not fit its chain or this version: the feed is folded from its whole log'],
  ]);
});

test('a moment is found by its seq or by its time', async () => {
  const { record, past, advanceMs, clock } = await openRecord();
  const startMs = clock.nowMs();
  for (let number = 0; number < 4; number += 1) {
    await record(1);
    advanceMs(1_000);
  }
  const times = [startMs - 1, startMs, startMs + 1_999, startMs + 60_000];
  const states = await Promise.all([...times.map((atMs) => past({ atMs })), past({ seq: 3 }), past({ seq: 99 })]);
  expect(states.map(({ state }) => versionIn(state))).toEqual([0, 1, 2, 4, 3, 4]);
});

test('a record goes on in a new epoch with its state and its numbers, and moments before it are still found', async () => {
  const { record, store, feeds } = await openRecord();
  await record(3);
  await beginEpoch({ store, epoch: 'e2' });
  const again = await openRecord(store);
  const started = again.feeds.headOf(feed);
  expect([started.epoch, started.seq, again.feeds.stateOf(feed)]).toEqual(['e2', 3, feeds.stateOf(feed)]);
  expect(started.hash).not.toBe(feeds.headOf(feed).hash);
  await again.record(2);
  const moments = await Promise.all([2, 3, 4].map((seq) => again.past({ seq })));
  expect(moments.map(({ state, position }) => [versionIn(state), position.epoch])).toEqual([
    [2, 'e1'],
    [3, 'e2'],
    [4, 'e2'],
  ]);
  const facts = await readThroughEpochs({ store, feed, epoch: 'e2', afterSeq: 1, limit: 3 });
  expect(facts.map(({ seq, epoch }) => [seq, epoch])).toEqual([
    [2, 'e1'],
    [3, 'e1'],
    [4, 'e2'],
  ]);
});
