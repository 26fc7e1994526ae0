import { expect, test } from 'vitest';
import { Fact } from '#contract/record/index.ts';
import { audience } from './audience.ts';
import { emptyFeedState, evolveFeed, evolveFeedAll, FeedSnapshot, fromFeedSnapshot, toFeedSnapshot } from './facts.ts';

const id = '01890000-0000-7000-8000-000000000001';
const territory = { regionId: 'g-4', townId: 't-1', villageId: 'v-4' };
const factOf = (type: string, told: object) =>
  Fact.parse({
    ...{ countyId: 'anlan', type, v: 1, atMs: 2_000, actor: 'person/p-1', commandId: null, subject: `drawing/${id}` },
    payload: JSON.stringify({ id, ...territory, ...told }),
  });
const shape = { kind: 'text', points: [[108.28, 33.3]], text: '集结点' };
const drawn = factOf('map.drawn', { ...shape, authorId: 'p-1', expiresAtMs: 9_000 });
const erased = factOf('map.drawingErased', { why: 'undone' });

test('a drawing is told to the county, to its town and to its village, and to nobody else', () => {
  const places = { placeOf: () => ({ townId: null, villageId: null, unitId: null }) };
  const feeds = ['county/anlan', 'town/t-1', 'village/v-4'];
  expect([audience(drawn, places), audience(erased, places)]).toEqual([feeds, feeds]);
});

test('a feed knows what is drawn, by fact after fact, by many at once, and by a snapshot', () => {
  const state = evolveFeed(emptyFeedState, drawn);
  expect([...state.drawings.values()]).toEqual([{ ...shape, ...territory, id, authorId: 'p-1', drawnAtMs: 2_000, expiresAtMs: 9_000 }]);
  expect(evolveFeedAll(emptyFeedState, [drawn])).toEqual(state);
  const snapshot = FeedSnapshot.parse(JSON.parse(JSON.stringify(toFeedSnapshot(state))));
  expect(fromFeedSnapshot(snapshot)).toEqual(state);
  expect(evolveFeedAll(state, [erased]).drawings.size).toBe(0);
});

test('a feed without drawings says nothing of them, so that a desk of the version before reads its snapshot', () => {
  const over = evolveFeedAll(emptyFeedState, [drawn, erased]);
  expect(Object.keys(toFeedSnapshot(over))).not.toContain('drawings');
});
