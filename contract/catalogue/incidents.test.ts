import { expect, test } from 'vitest';
import { Fact } from '#contract/record/index.ts';
import { audience } from './audience.ts';
import { emptyFeedState, evolveFeed, evolveFeedAll, FeedSnapshot, fromFeedSnapshot, toFeedSnapshot } from './facts.ts';

const payload = {
  ...{ incidentId: 'i-7', version: 1, number: 'AL-20261122-0007', at: [108.28, 33.3], regionId: 'g-4', townId: 't-1', villageId: 'v-4' },
  ...{ kind: 'landslide', urgency: 'critical', reportedAtMs: 1_000, dueAtMs: 61_000 },
};
const closing = { incidentId: 'i-7', version: 2, regionId: 'g-4', townId: 't-1', villageId: 'v-4' };
const factOf = (type: string, told: object) =>
  Fact.parse({
    ...{ countyId: 'anlan', type, v: 1, atMs: 2_000, actor: 'system/intake', commandId: null, subject: 'incident/i-7' },
    payload: JSON.stringify(told),
  });
const [reported, closed] = [factOf('incidents.reported', payload), factOf('incidents.closed', closing)];

test('an incident is told to the county, to its town and to its village, and to nobody else', () => {
  const places = { placeOf: () => ({ townId: null, villageId: null, unitId: null }) };
  const feeds = ['county/anlan', 'town/t-1', 'village/v-4'];
  expect([audience(reported, places), audience(closed, places)]).toEqual([feeds, feeds]);
});

test('a feed knows what is open, by fact after fact, by many at once, and by a snapshot', () => {
  const open = evolveFeed(emptyFeedState, reported);
  expect([open.incidents.size, evolveFeedAll(emptyFeedState, [reported]).incidents]).toEqual([1, open.incidents]);
  const snapshot = FeedSnapshot.parse(JSON.parse(JSON.stringify(toFeedSnapshot(open))));
  expect(fromFeedSnapshot(snapshot)).toEqual(open);
  expect(evolveFeedAll(open, [closed]).incidents.size).toBe(0);
});

test('a feed without open incidents says nothing of them, so that a desk of the version before reads its snapshot', () => {
  const over = evolveFeedAll(emptyFeedState, [reported, closed]);
  expect(Object.keys(toFeedSnapshot(over))).not.toContain('incidents');
});
