import { expect, test } from 'vitest';
import type { PersonNames } from '#contract/access/index.ts';
import { granted, type PersonId, type Result, refused } from '#contract/values/index.ts';
import { createPersonNames } from './personNames.ts';

const [zhao, qian] = ['p-zhao', 'p-qian'] as PersonId[] as [PersonId, PersonId];
const named = (personId: PersonId) => ({ personId, name: `name of ${personId}`, roles: [] });

function openDesk() {
  const desk = { session: 'session-1' as string | null };
  const asked: string[] = [];
  const answers: ((answer: Result<PersonNames>) => void)[] = [];
  const names = createPersonNames({
    session: () => desk.session,
    http: {
      personNames: (session, { personIds }) => {
        asked.push(`${session} ${personIds.join(' ')}`);
        return new Promise((resolve) => answers.push(resolve));
      },
    },
  });
  return { desk, asked, answers, names };
}

test('only those who are not known are asked for, and whoever was left out again the next time', async () => {
  const { asked, answers, names } = openDesk();
  const first = names.namesOf({ personIds: [zhao, qian] });
  answers[0]?.(granted({ people: [named(zhao)] }));
  const second = names.namesOf({ personIds: [zhao, qian] });
  await first;
  const third = names.namesOf({ personIds: [zhao, qian] });
  for (const answer of answers.slice(1)) answer(granted({ people: [named(qian)] }));
  expect([await first, await second, await third]).toEqual([
    granted({ people: [named(zhao)] }),
    granted({ people: [named(zhao), named(qian)] }),
    granted({ people: [named(zhao), named(qian)] }),
  ]);
  expect(asked).toEqual(['session-1 p-zhao p-qian', 'session-1 p-zhao p-qian', 'session-1 p-qian']);
});

test('with the line down those who are known are told, and nothing is remembered of the others', async () => {
  const { answers, names, asked } = openDesk();
  const known = names.namesOf({ personIds: [zhao] });
  answers[0]?.(granted({ people: [named(zhao)] }));
  await known;
  const [both, other] = [names.namesOf({ personIds: [zhao, qian] }), names.namesOf({ personIds: [qian] })];
  for (const answer of answers.slice(1)) answer(refused('bus.unreachable'));
  expect([await both, await other]).toEqual([granted({ people: [named(zhao)] }), refused('bus.unreachable')]);
  void names.namesOf({ personIds: [qian] });
  expect(asked.at(-1)).toBe('session-1 p-qian');
});

test('what was on its way for one person is neither told to the next nor kept', async () => {
  const { desk, asked, answers, names } = openDesk();
  const late = names.namesOf({ personIds: [zhao] });
  desk.session = 'session-2';
  names.forget();
  answers[0]?.(granted({ people: [named(zhao)] }));
  expect(await late).toEqual(refused('access.notLoggedIn'));
  void names.namesOf({ personIds: [zhao] });
  expect(asked.at(-1)).toBe('session-2 p-zhao');
  desk.session = null;
  expect(await names.namesOf({ personIds: [zhao] })).toEqual(refused('access.notLoggedIn'));
});
