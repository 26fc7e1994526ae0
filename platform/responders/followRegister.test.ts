import { expect, test } from 'vitest';
import type { PolicyActor } from '#contract/access/index.ts';
import { Responder } from '#contract/directory/index.ts';
import { FollowOne } from '#contract/map/index.ts';
import { type DeskId, granted, type PersonId, type RegionId, refused } from '#contract/values/index.ts';
import { createFollowRegister } from './followRegister.ts';

const people = [
  ['r-1', 'west'],
  ['r-2', 'east'],
] as const;

function open({ disk = 'well' }: { disk?: 'well' | 'full' } = {}) {
  const told: unknown[] = [];
  const rows = () =>
    people.map(([id, regionId], index) => Responder.parse({ countyId: 'county', id, index, kind: 'gridWorker', name: id, regionId }));
  const register = createFollowRegister({
    directory: { rows: rows as never, revision: () => 1, regionPath: (id: RegionId) => [id, 'county' as RegionId] } as never,
    writer: {
      submit: (async ({ actor, decide }: { actor: string; decide: (view: never) => { value: { facts: object[] } } }) => {
        if (disk === 'full') return refused('record.diskFull');
        told.push(...decide({} as never).value.facts.map((fact) => ({ actor, ...fact })));
        return granted(1);
      }) as never,
    },
  });
  const ask = async (responderId: string, roles: readonly string[] | null, territory = 'east') => {
    const actor = { kind: 'person', roles, territory: [territory] } as unknown as PolicyActor;
    const asker = roles === null ? null : { personId: 'wang' as PersonId, deskId: 'd1' as DeskId, actor };
    const question = FollowOne.parse({ type: 'responders.followOne', responderId, purpose: { kind: 'drill', reference: null } });
    const answer = await register.ask(question, asker);
    return answer.ok ? 'granted' : answer.refusal.code;
  };
  return { ask, told };
}

test('who may see where somebody is may see his way, and is on the record with the purpose', async () => {
  const { ask, told } = open();
  expect([await ask('r-2', ['operator']), told]).toEqual([
    'granted',
    [
      {
        ...{ actor: 'person/wang', type: 'audit.responderFollowed', subject: 'responder/r-2' },
        payload: { responderId: 'r-2', purpose: { kind: 'drill', reference: null }, deskId: 'd1', personId: 'wang' },
      },
    ],
  ]);
});

test('another territory, another role, nobody logged in and nobody at all are one answer, and no fact of the kind', async () => {
  const { ask, told } = open();
  const answers = [
    await ask('r-1', ['operator']),
    await ask('r-2', ['auditor']),
    await ask('r-2', null),
    await ask('nobody', ['operator']),
    await ask('constructor', ['operator']),
  ];
  expect([answers, told]).toEqual([Array(5).fill('access.notAllowed'), []]);
});

test('what cannot be put on the record is not shown', async () => {
  expect(await open({ disk: 'full' }).ask('r-2', ['operator'])).toBe('bus.notRecorded');
});
