import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FeedSnapshot } from '#contract/catalogue/index.ts';
import type { Position } from '#contract/record/index.ts';
import { routes } from '#contract/bus/index.ts';
import { faultReport, openCountyDesk } from '../builders/openDesk.ts';
import { logIn, openTestPlatform, post } from '../builders/platform.ts';
import { type BusDesk, connectDesk } from '../fakes/busDesk.ts';

let platform: Awaited<ReturnType<typeof openTestPlatform>>;
const opened: { close(): void }[] = [];
const county = 'county/testland';

beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  for (const desk of opened.splice(0)) desk.close();
  await platform.close();
});

async function countyDesk() {
  const made = await openCountyDesk(platform.url);
  opened.push(made.desk);
  return made;
}

/** Alternates report and clear on one camera: `count` facts. */
async function record({ desk, session, count, from = 0 }: { desk: BusDesk; session: string; count: number; from?: number }): Promise<void> {
  for (let index = from; index < from + count; index += 1) {
    const report = faultReport({ session, deskSeq: index + 1 });
    const command = index % 2 === 0 ? report.command : { type: 'cameras.clearFault', cameraId: 'east-a' };
    await desk.ask('command', { ...report, command });
  }
}

function seqsOf(messages: BusDesk['told']['feed']): unknown[] {
  return messages.map((message) => (message.kind === 'facts' ? message.facts.map(({ seq }) => seq) : message.why));
}

describe('a desk that was away', () => {
  test('gets exactly what it missed, from its place on', async () => {
    const { desk, session, device } = await countyDesk();
    await desk.resume([{ feed: county, position: null }]);
    await record({ desk, session, count: 2 });
    await desk.until(() => desk.told.facts.length === 2);
    const { fact: _, ...place } = desk.told.facts[1]!;
    desk.close();
    const other = await connectDesk({ url: platform.url, device });
    opened.push(other);
    await record({ desk: other, session, count: 3, from: 2 });
    const messages = await other.resume([{ feed: county, position: place }]);
    await record({ desk: other, session, count: 1, from: 5 });
    await other.until(() => other.told.facts.length > 0);
    expect([seqsOf(messages), other.told.facts.map(({ seq }) => seq)]).toEqual([[[4, 5, 6]], [7]]);
  });

  test.each<[string, (place: Position) => Position, string]>([
    ['a wrong hash', (place) => ({ ...place, hash: '0'.repeat(64) }), 'otherHash'],
    ['an unknown epoch', (place) => ({ ...place, epoch: 'another' }), 'unknownEpoch'],
    ['a place ahead of the record', (place) => ({ ...place, seq: place.seq + 5 }), 'aheadOfHead'],
  ])('with %s gets a snapshot and why', async (_name, forge, why) => {
    const { desk, session } = await countyDesk();
    await desk.resume([{ feed: county, position: null }]);
    await record({ desk, session, count: 1 });
    await desk.until(() => desk.told.facts.length === 1);
    const { fact: _, ...place } = desk.told.facts[0]!;
    const [snapshot] = await desk.resume([{ feed: county, position: forge(place) }]);
    if (snapshot?.kind !== 'snapshot') throw new Error('no snapshot');
    const state = FeedSnapshot.parse(JSON.parse(snapshot.text));
    expect([snapshot.why, snapshot.position, state.cameras.map(({ cameraId, fault }) => [cameraId, fault?.kind])]).toEqual([
      why,
      place,
      [['east-a', 'blurred']],
    ]);
  });

  test('gets the next message only after it acknowledged the last', async () => {
    const { desk } = await countyDesk();
    const feeds = desk.told.welcomes[0]!.feeds;
    const acknowledgements: (() => void)[] = [];
    desk.onFeed = (acknowledge) => void acknowledgements.push(acknowledge);
    await desk.ask('resume', { places: feeds.map((feed) => ({ feed, position: null })) });
    await desk.until(() => acknowledgements.length === 1);
    // Whatever the platform would still send comes before the answer to a later question.
    await desk.ask('clock', {});
    const early = desk.told.feed.length;
    acknowledgements.shift()?.();
    await desk.until(() => desk.told.feed.length === 2);
    expect([early, desk.told.feed.length, feeds.length]).toEqual([1, 2, 3]);
  });

  test('sees from the heads that something is missing, on a silent link', async () => {
    const { desk, session } = await countyDesk();
    await record({ desk, session, count: 1 });
    await desk.until(() => desk.told.heads.some(({ heads }) => heads.some(({ feed, seq }) => feed === county && seq === 2)));
    expect(desk.told.facts).toEqual([]);
  });
});

describe('a town', () => {
  async function townDesk() {
    const { desk } = await countyDesk();
    const { session } = await logIn({ url: platform.url, account: 'town' });
    const welcome = (await desk.ask('attach', { session })) as { feeds: string[] };
    return { desk, session, feeds: welcome.feeds };
  }

  test('reads its own town, the notices and its desk, and nothing of the county', async () => {
    const { desk, feeds } = await townDesk();
    const { desk: duty, session } = await countyDesk();
    await desk.resume(feeds.map((feed) => ({ feed, position: null })));
    await desk.ask('resume', { places: [county, 'town/west'].map((feed) => ({ feed, position: null })) });
    await duty.ask('command', faultReport({ session, cameraId: 'west-a' }));
    await duty.ask('command', faultReport({ session, cameraId: 'east-a', deskSeq: 2 }));
    await desk.until(() => desk.told.facts.length > 0);
    expect(feeds).toEqual(['town/east', 'notice/testland', expect.stringMatching(/^desk\//)]);
    expect(desk.told.facts.map(({ feed, fact }) => [feed, fact.subject])).toEqual([['town/east', 'camera/east-a']]);
    expect(JSON.stringify(desk.told)).not.toContain('west');
  });

  test('finds only itself in the directory, and the names above it', async () => {
    const { session } = await logIn({ url: platform.url, account: 'town' });
    const ids = async (kind: string, key = 'id') => {
      const answer = await fetch(`${platform.url}${routes.directory}/${kind}`, { headers: { authorization: `Bearer ${session}` } });
      const page = (await answer.json()) as { rows: Record<string, string>[]; nextOffset: number | null };
      return [page.rows.map((row) => row[key]), page.nextOffset];
    };
    expect([await ids('regions'), await ids('cameras'), await ids('centers'), await ids('responders')]).toEqual([
      [['east', 'east-1', 'testland'], null],
      [['east-a', 'east-b'], null],
      [['c-east'], null],
      [['r-east'], null],
    ]);
  });

  test('that logs out leaves the desk with what the desk itself may read', async () => {
    const { desk, session } = await townDesk();
    await post({ url: `${platform.url}${routes.logout}`, body: {}, token: session });
    await desk.until(() => desk.told.ended === 1 && desk.told.welcomes.length === 2);
    expect(desk.told.welcomes.at(-1)?.feeds.slice(0, 2)).toEqual([county, 'notice/testland']);
  });
});

describe("facts of a desk's own wall", () => {
  test('are shipped once however often they come, and a gap is named', async () => {
    const { desk, device } = await countyDesk();
    const own = `desk/${device.deskId}`;
    await desk.resume([{ feed: own, position: null }]);
    const wall = (seq: number) => ({
      seq,
      fact: {
        ...{ countyId: 'testland', type: 'wall.tileCleared', v: 1, atMs: 1_763_800_000_000 + seq, actor: `device/${device.deskId}` },
        ...{ commandId: null, subject: own, payload: JSON.stringify({ version: seq, displayKey: 'D1', cell: 0 }) },
      },
    });
    const replies = [
      await desk.ask('ship', { facts: [wall(1), wall(2)] }),
      await desk.ask('ship', { facts: [wall(1), wall(2)] }),
      await desk.ask('ship', { facts: [wall(4)] }),
      await desk.ask('ship', { facts: [wall(3)] }),
    ];
    const foreign = await desk.ask('ship', { facts: [{ ...wall(4), fact: { ...wall(4).fact, subject: 'desk/another' } }] });
    await desk.until(() => desk.told.facts.length === 3);
    expect([replies, foreign]).toEqual([
      [
        { ok: true, settledSeq: 2 },
        { ok: true, settledSeq: 2 },
        { ok: false, refusal: { code: 'bus.missingFacts', params: { missingFrom: 3 } } },
        { ok: true, settledSeq: 3 },
      ],
      { ok: false, refusal: { code: 'bus.notThisDesk', params: { seq: 4 } } },
    ]);
    expect(desk.told.facts.map(({ feed, seq, fact }) => [feed, seq, fact])).toEqual([1, 2, 3].map((seq) => [own, seq, wall(seq).fact]));
  });
});
