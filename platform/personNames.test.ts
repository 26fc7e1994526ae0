import { expect, test } from 'vitest';
import type { Role } from '#contract/access/index.ts';
import { emptyFeedState } from '#contract/catalogue/index.ts';
import { Drawing } from '#contract/map/index.ts';
import type { CountyId, PersonId, RegionId } from '#contract/values/index.ts';
import { createPersonNaming } from './personNames.ts';
import type { RecordView } from './record/index.ts';

const levels = { county: 'county', east: 'town', west: 'town', 'east-1': 'village' } as const;
const parents: Readonly<Record<string, readonly string[]>> = {
  ...{ east: ['east', 'county'], west: ['west', 'county'], 'east-1': ['east-1', 'east', 'county'] },
};
const nowMs = 1_000_000;

const drawing = ({ authorId, last, expiresAtMs = nowMs + 1 }: { authorId: string; last: number; expiresAtMs?: number }) =>
  Drawing.parse({
    ...{ id: `01890000-0000-7000-8000-00000000000${last}`, kind: 'text', points: [[108, 33]], text: '集结点', authorId },
    ...{ regionId: 'east', townId: 'east', villageId: null, drawnAtMs: 0, expiresAtMs },
  });
const byEast = drawing({ authorId: 'p-east', last: 1 });
const byWest = drawing({ authorId: 'p-west', last: 2 });
const inVillage = drawing({ authorId: 'p-off', last: 3 });
const over = drawing({ authorId: 'p-over', last: 4, expiresAtMs: nowMs });
const gone = drawing({ authorId: 'p-gone', last: 5 });

const drawn: Readonly<Record<string, readonly Drawing[]>> = {
  'county/county-1': [byEast, byWest, inVillage, over, gone],
  'town/east': [byEast, inVillage, over, gone],
  'town/west': [byWest],
  'village/east-1': [inVillage],
};
const view: Pick<RecordView, 'stateOf'> = {
  stateOf: (feed) => ({ ...emptyFeedState, drawings: new Map((drawn[feed] ?? []).map((each) => [each.id, each])) }),
};
const account = (personId: string, isDisabled = false) => ({ personId, name: `name of ${personId}`, roles: ['operator'], isDisabled });
const people = [account('p-east'), account('p-west'), account('p-off', true), account('p-over'), account('p-idle')];

/** Whom somebody is told of, when he asks for everybody and some who do not exist. */
function namedTo({ roles, territory }: { roles: readonly Role[]; territory: string }): readonly string[] {
  const namesFor = createPersonNaming({
    access: { people: () => people as never },
    view,
    territories: () => ({
      ...{ countyId: 'county-1' as CountyId, countyRegion: 'county' as RegionId },
      levelOf: (region) => levels[region as keyof typeof levels] ?? null,
      regionPath: (region) => (parents[region] ?? [region]) as RegionId[],
    }),
    clock: { nowMs: () => nowMs },
  });
  const personIds = [...people.map(({ personId }) => personId), 'p-gone', 'p-nobody'] as PersonId[];
  const told = namesFor({ kind: 'person', roles, territory: [territory as RegionId] }, { personIds });
  expect(told.people.map(({ name }) => name)).toEqual(told.people.map(({ personId }) => `name of ${personId}`));
  expect(JSON.stringify(told)).not.toMatch(/isDisabled|account|territory/);
  return told.people.map(({ personId }) => personId);
}

test('whoever reads a feed is told who drew what stands in it, also of an account that is disabled, and of nobody else', () => {
  expect(namedTo({ roles: ['dutyOfficer'], territory: 'county' })).toEqual(['p-east', 'p-west', 'p-off']);
  expect(namedTo({ roles: ['centerVillage'], territory: 'east-1' })).toEqual(['p-off']);
});

test('a town is told nothing of who drew in another town only', () => {
  expect(namedTo({ roles: ['centerTown'], territory: 'east' })).toEqual(['p-east', 'p-off']);
  expect(namedTo({ roles: ['centerTown'], territory: 'west' })).toEqual(['p-west']);
});

test('roles that read no feed of the map are told of nobody', () => {
  expect((['responder', 'unitLiaison'] as const).map((role) => namedTo({ roles: [role], territory: 'east' }))).toEqual([[], []]);
});
