import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { namesAtOnce } from '#contract/access/index.ts';
import type { PersonId } from '#contract/values/index.ts';
import { createAuthorNames } from './authorNames.ts';

const [duty, zhao, qian] = ['p-duty', 'p-zhao', 'p-qian'] as PersonId[] as [PersonId, PersonId, PersonId];
const named = (personId: PersonId) => ({ personId, name: `name of ${personId}`, roles: [] });

function openNames({ authors = [duty, zhao, qian] as readonly PersonId[], isKnownToMain = true } = {}) {
  const drawings = new Map(authors.map((authorId, index) => [index, { authorId }]));
  const store = createStore(() => ({ person: { personId: duty } as { personId: PersonId } | null, drawings }));
  const asked: (readonly PersonId[])[] = [];
  const answers: ((answer: unknown) => void)[] = [];
  const waits: { run: () => void; isOff: boolean }[] = [];
  const names = createAuthorNames({
    room: {
      store: store as never,
      canAsk: () => isKnownToMain,
      ask: ((_: string, { personIds }: { personIds: readonly PersonId[] }) => {
        asked.push(personIds);
        return new Promise((resolve) => answers.push(resolve));
      }) as never,
    },
    timers: {
      afterMs: (_, run) => {
        const wait = { run, isOff: false };
        waits.push(wait);
        return () => void (wait.isOff = true);
      },
    },
  });
  const answer = async (value: unknown) => {
    answers.at(-1)?.(value);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { names, store, asked, waits, answer, known: () => [...names.store.getState().keys()] };
}
const told = (...people: PersonId[]) => ({ ok: true, value: { people: people.map(named) } });
const down = { ok: false, refusal: { code: 'bus.unreachable' } };

test('nobody is asked for before somebody looks, then all others who drew, once', async () => {
  const { names, asked, answer, known } = openNames();
  expect(asked).toEqual([]);
  names.look(qian);
  await answer(told(qian, zhao));
  names.look(zhao);
  names.look(duty);
  expect([asked, known()]).toEqual([[[qian, zhao]], [qian, zhao]]);
});

test('no more than the platform answers are asked for at once, whoever is looked at among them', () => {
  const many = Array.from({ length: namesAtOnce + 5 }, (_, at) => `p-${at}` as PersonId);
  const { names, asked } = openNames({ authors: many });
  names.look(many.at(-1) as PersonId);
  expect([asked[0]?.length, asked[0]?.[0]]).toEqual([namesAtOnce, many.at(-1)]);
});

test('with the line down it is asked again while somebody looks, and not after', async () => {
  const { names, asked, answer, waits, known } = openNames();
  const stop = names.look(zhao);
  await answer(down);
  expect([known(), waits.length]).toEqual([[], 1]);
  waits[0]?.run();
  await answer(down);
  stop();
  expect([asked.length, waits.map(({ isOff }) => isOff)]).toEqual([2, [false, true]]);
  names.look(zhao);
  await answer(told(zhao));
  expect([asked.length, waits.length, known()]).toEqual([3, 2, [zhao]]);
});

test('an answer that comes after the look is over starts no new question', async () => {
  const { names, answer, waits } = openNames();
  names.look(zhao)();
  await answer(down);
  expect(waits).toEqual([]);
});

test('what was told goes with the person it was told to, also what was still on its way', async () => {
  const { names, store, answer, known, asked } = openNames();
  names.look(zhao);
  await answer(told(zhao));
  names.look(qian);
  store.setState({ person: null });
  await answer(told(qian));
  expect(known()).toEqual([]);
  names.look(zhao);
  expect(asked).toHaveLength(2);
});

test('a main of the version before, and a window that may not ask, are not asked', () => {
  const { names, asked } = openNames({ isKnownToMain: false });
  names.look(zhao);
  expect(asked).toEqual([]);
});
