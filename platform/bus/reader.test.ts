import { describe, expect, test } from 'vitest';
import type { FeedMessage } from '#contract/bus/index.ts';
import { FeedSnapshot, fromFeedSnapshot } from '#contract/catalogue/index.ts';
import { type Actor, countyFeed, type Fact, type FeedFact, noticeFeed, type Position } from '#contract/record/index.ts';
import type { CountyId } from '#contract/values/index.ts';
import { createMemoryStore, type Feeds, openFeeds } from '../record/index.ts';
import { createHandPorts } from '../record/testing/handPorts.ts';
import { createFeedReader } from './reader.ts';

const countyId = 'al' as CountyId;
const county = countyFeed(countyId);

/** Few cameras keep the fold quick; `version` counts per camera. */
function faultFact(number: number, cameras: number): Fact {
  const cameraId = `c${number % cameras}`;
  const version = Math.floor(number / cameras) + 1;
  return {
    ...{ countyId, type: 'cameras.faultReported', v: 1, atMs: number, actor: 'system/test' as Actor, commandId: null },
    ...{ subject: `camera/${cameraId}`, payload: JSON.stringify({ cameraId, version, fault: 'blurred' }) },
  };
}

/** A record with `recorded` facts, a reader on it, and a wire whose acknowledgements a test may withhold. */
async function open({ recorded = 0, cameras = 20, credit = 'given' as 'given' | 'withheld' } = {}) {
  const store = createMemoryStore({ epoch: 'e1' });
  const feeds: Feeds = await openFeeds(store);
  const hand = createHandPorts();
  const sent: FeedMessage[] = [];
  const live: FeedFact[] = [];
  const waiting: (() => void)[] = [];
  let room: 'yes' | 'no' = 'yes';
  const reader = createFeedReader({
    store,
    view: feeds,
    log: hand.log,
    wire: {
      feed: (message) => {
        sent.push(message);
        return credit === 'given' ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
      },
      facts: ({ facts }) => void live.push(...facts),
      hasRoom: () => room === 'yes',
    },
  });
  reader.setReadable([county, noticeFeed(countyId)]);
  let number = 0;
  async function record(count: number): Promise<void> {
    const draft = feeds.draft();
    for (let added = 0; added < count; added += 1) draft.append(faultFact(++number, cameras), [county]);
    await store.commit({ facts: draft.indexed(), receipts: [], settled: [], directory: null });
    for (const { facts } of reader.take(feeds.publish(draft))) live.push(...facts);
  }
  await record(recorded);
  const positionAt = async (seq: number): Promise<Position> => {
    const hash = await store.hashAt({ feed: county, epoch: 'e1', seq });
    return { feed: county, epoch: 'e1', seq, hash: hash ?? feeds.genesisOf(county) };
  };
  return { ...hand, store, feeds, reader, sent, live, waiting, record, positionAt, setRoom: (next: 'yes' | 'no') => void (room = next) };
}

const seqs = (messages: readonly FeedMessage[]) =>
  messages.map((message) =>
    message.kind === 'facts' ? [...message.facts.map(({ seq }) => seq), message.isLast ? 'last' : 'more'] : message.why,
  );

describe('a resume', () => {
  test('sends what was missed and then what comes', async () => {
    const { reader, sent, live, record, positionAt } = await open({ recorded: 3 });
    await reader.resume([{ feed: county, position: await positionAt(1) }]);
    await record(2);
    expect([seqs(sent), live.map(({ seq }) => seq)]).toEqual([[[2, 3, 'last']], [4, 5]]);
  });

  test('from the very beginning needs no snapshot', async () => {
    const { reader, sent, positionAt } = await open({ recorded: 2 });
    await reader.resume([{ feed: county, position: await positionAt(0) }]);
    expect(seqs(sent)).toEqual([[1, 2, 'last']]);
  });

  test.each<[string, (known: Position) => Position | null, string]>([
    ['nothing', () => null, 'noPosition'],
    ['another hash', (known) => ({ ...known, hash: 'f'.repeat(64) }), 'otherHash'],
    ['another epoch', (known) => ({ ...known, epoch: 'e0' }), 'unknownEpoch'],
    ['a place that is not there yet', (known) => ({ ...known, seq: 99 }), 'aheadOfHead'],
    ["another feed's place", (known) => ({ ...known, feed: noticeFeed(countyId) }), 'noPosition'],
  ])("with %s gets a snapshot that folds to the platform's state", async (_name, forge, why) => {
    const { reader, sent, feeds, positionAt } = await open({ recorded: 3 });
    await reader.resume([{ feed: county, position: forge(await positionAt(2)) }]);
    const [snapshot] = sent;
    if (snapshot?.kind !== 'snapshot') throw new Error('no snapshot');
    const state = fromFeedSnapshot(FeedSnapshot.parse(JSON.parse(snapshot.text)));
    expect([snapshot.why, snapshot.position, state]).toEqual([why, feeds.headOf(county), feeds.stateOf(county)]);
  });

  test('over too large a gap gets a snapshot', async () => {
    const { reader, sent, positionAt } = await open({ recorded: 10_002 });
    await reader.resume([{ feed: county, position: await positionAt(1) }]);
    expect(sent[0]).toMatchObject({ kind: 'snapshot', why: 'gapTooLarge' });
  });

  test('of a feed that is not readable is not answered', async () => {
    const { reader, sent } = await open({ recorded: 1 });
    reader.setReadable([noticeFeed(countyId)]);
    await reader.resume([{ feed: county, position: null }]);
    expect(sent).toEqual([]);
  });

  test('sends the next message only when the last one was acknowledged', async () => {
    const { reader, sent, waiting, positionAt } = await open({ recorded: 1_500, credit: 'withheld' });
    const resumed = reader.resume([{ feed: county, position: await positionAt(0) }]);
    const isOver = () => sent.some((message) => message.kind === 'facts' && message.isLast);
    for (let acknowledged = 0; ; acknowledged += 1) {
      await expect.poll(() => waiting.length).toBe(1);
      expect(sent).toHaveLength(acknowledged + 1);
      const isLast = isOver();
      waiting.pop()?.();
      if (isLast) break;
    }
    await resumed;
    const facts = sent.flatMap((message) => (message.kind === 'facts' ? message.facts : []));
    expect(sent.length).toBeGreaterThan(2);
    expect(facts.map(({ seq }) => seq)).toEqual(Array.from({ length: 1_500 }, (_, index) => index + 1));
  });

  test('loses nothing that is recorded while a long snapshot is on its way', async () => {
    const { reader, sent, live, waiting, record, feeds } = await open({ recorded: 2_000, cameras: 2_000, credit: 'withheld' });
    const resumed = reader.resume([{ feed: county, position: null }]);
    await expect.poll(() => waiting.length).toBe(1);
    await record(2);
    const chunks = sent[0]?.kind === 'snapshot' ? sent[0].chunks : 0;
    for (let chunk = 1; chunk <= chunks; chunk += 1) {
      await expect.poll(() => waiting.length).toBe(1);
      waiting.pop()?.();
    }
    await resumed;
    await record(1);
    expect(chunks).toBeGreaterThan(1);
    expect([live.map(({ seq }) => seq), feeds.headOf(county).seq]).toEqual([[2_001, 2_002, 2_003], 2_003]);
  });
});

describe('live facts', () => {
  test('come only after the resume of their feed', async () => {
    const { live, record } = await open();
    await record(1);
    expect(live).toEqual([]);
  });

  test('stop for a desk that does not drain, and come again after it has pulled', async () => {
    const { reader, sent, live, record, positionAt, setRoom } = await open({ recorded: 1 });
    await reader.resume([{ feed: county, position: await positionAt(1) }]);
    setRoom('no');
    await record(1);
    setRoom('yes');
    await record(1);
    await reader.resume([{ feed: county, position: await positionAt(1) }]);
    await record(1);
    expect([seqs(sent), live.map(({ seq }) => seq)]).toEqual([[['last'], [2, 3, 'last']], [4]]);
  });

  test('of a feed that fell away are not sent any more', async () => {
    const { reader, live, record, positionAt } = await open();
    await reader.resume([{ feed: county, position: await positionAt(0) }]);
    reader.setReadable([noticeFeed(countyId)]);
    await record(1);
    expect([live, reader.heads().map(({ feed }) => feed)]).toEqual([[], [noticeFeed(countyId)]]);
  });
});
