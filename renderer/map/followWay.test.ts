import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createPositionColumns, setPosition } from '#contract/responders/index.ts';
import { followWay } from './followWay.ts';
import { emptyMapState, type MapState } from './mapState.ts';

const incident = { kind: 'incident', reference: '7' } as const;

type Opening = { purpose?: (() => never) | null; known?: 'now' | 'later' };

function open({ purpose = () => incident as never, known = 'now' }: Opening = {}) {
  const columns = createPositionColumns({ size: 2, directoryRevision: 1 });
  const store = createStore<MapState>(() => emptyMapState);
  const roster = createStore(() => ({ responders: known === 'now' ? [{ id: 'r-0' }, { id: 'r-1' }] : [] }));
  const room = createStore(() => ({ person: { personId: 'p1' } as object | null, link: { kind: 'live' } }));
  const asked: { words: unknown; answer: (value: unknown) => Promise<void> }[] = [];
  const listeners = new Set<() => void>();
  let places: readonly (readonly [number, number])[] = [];
  const stop = followWay({
    room: {
      store: room as never,
      ask: ((name: string, words: unknown) => {
        const { promise, resolve } = Promise.withResolvers<unknown>();
        asked.push({ words: [name, words], answer: async (value) => (resolve(value), await new Promise(setImmediate)) });
        return promise;
      }) as never,
    },
    store,
    roster: roster as never,
    positions: { columns: () => columns, onChange: (listener) => (listeners.add(listener), () => void listeners.delete(listener)) },
    purpose,
    onPlaces: (next) => (places = next),
  });
  return {
    ...{ asked, store, room, roster, stop },
    choose: (index: number | null) => store.setState({ chosen: index === null ? null : { kind: 'responder', index } }),
    go: (index: number, lng: number) => {
      setPosition(columns, index, { measuredAtMs: 1_000, lng, lat: 33, headingDeg: 0, status: 0 });
      for (const listener of listeners) listener();
    },
    seen: () => [places.map(([lng]) => lng), store.getState().way],
  };
}

test('the way of the chosen one is kept from when the record says who looks at it and why, and not before', async () => {
  const { choose, go, asked, seen } = open();
  go(1, 100);
  choose(1);
  go(1, 101);
  expect([seen(), asked.map(({ words }) => words)]).toEqual([
    [[], 'none'],
    [['followResponder', { responderId: 'r-1', purpose: incident }]],
  ]);
  await asked[0]?.answer({ ok: true, value: null });
  go(1, 102);
  expect(seen()).toEqual([[101, 102], 'kept']);
  choose(null);
  expect([seen(), asked.length]).toEqual([[[], 'none'], 1]);
});

test('what is refused, or cannot be asked, is no way, and says why; a line that comes back is asked again', async () => {
  const { choose, go, asked, seen, room } = open();
  choose(0);
  await asked[0]?.answer({ ok: false, refusal: { code: 'bus.unreachable' } });
  go(0, 100);
  expect(seen()).toEqual([[], { code: 'bus.unreachable' }]);
  room.setState({ link: { kind: 'down' } });
  room.setState({ link: { kind: 'live' } });
  await asked[1]?.answer({ ok: true, value: null });
  expect([seen(), asked.length]).toEqual([[[100], 'kept'], 2]);
});

test('an answer about the one before is no leave for the next', async () => {
  const { choose, go, asked, seen } = open();
  choose(0);
  choose(1);
  go(1, 100);
  await asked[0]?.answer({ ok: true, value: null });
  expect(seen()).toEqual([[], 'none']);
  await asked[1]?.answer({ ok: true, value: null });
  expect(seen()).toEqual([[100], 'kept']);
});

test('other people behind the numbers end it, and so does somebody else at the console: neither has chosen anybody', async () => {
  const { choose, go, asked, seen, roster, room } = open();
  choose(0);
  await asked[0]?.answer({ ok: true, value: null });
  go(0, 100);
  expect(seen()).toEqual([[100], 'kept']);
  roster.setState({ responders: [{ id: 'r-9' }] }, true);
  expect([seen(), asked.length]).toEqual([[[], 'none'], 1]);
  choose(0);
  await asked[1]?.answer({ ok: true, value: null });
  expect([seen(), asked[1]?.words]).toEqual([
    [[100], 'kept'],
    ['followResponder', { responderId: 'r-9', purpose: incident }],
  ]);
  room.setState({ person: { personId: 'p2' } });
  expect([seen(), asked.length]).toEqual([[[], 'none'], 2]);
  room.setState({ person: null });
  choose(0);
  expect([seen(), asked.length]).toEqual([[[], 'none'], 2]);
});

test('who was chosen before anybody knows whose number it is, is asked for once that is known', async () => {
  const { choose, asked, roster } = open({ known: 'later' });
  choose(1);
  expect(asked).toEqual([]);
  roster.setState({ responders: [{ id: 'r-0' }, { id: 'r-1' }] }, true);
  expect(asked.map(({ words }) => words)).toEqual([['followResponder', { responderId: 'r-1', purpose: incident }]]);
});

test('a wall shows nobody’s way and asks for none', () => {
  const { choose, go, asked, seen } = open({ purpose: null });
  choose(0);
  go(0, 100);
  expect([seen(), asked]).toEqual([[[], 'none'], []]);
});
