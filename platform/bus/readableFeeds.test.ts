import { expect, test } from 'vitest';
import type { PolicyActor, Role } from '#contract/access/index.ts';
import type { CountyId, DeskId, RegionId } from '#contract/values/index.ts';
import { readableFeeds, type Territories } from './readableFeeds.ts';

const parents = new Map([
  ['east-1', 'east'],
  ['east', 'al'],
  ['west', 'al'],
]);
const pathOf = (id: string): string[] => [id, ...(parents.has(id) ? pathOf(parents.get(id) ?? '') : [])];
const territories: Territories = {
  countyId: 'al' as CountyId,
  countyRegion: 'al' as RegionId,
  levelOf: (id) => (id === 'al' ? 'county' : id === 'east-1' ? 'village' : 'town'),
  regionPath: (id) => pathOf(id) as RegionId[],
};
const person = (roles: Role[], ...territory: string[]): PolicyActor => ({ kind: 'person', roles, territory: territory as RegionId[] });

test.each<[string, PolicyActor, string[]]>([
  ['a county duty officer', person(['dutyOfficer'], 'al'), ['county/al', 'notice/al']],
  ['a workstation of the county', { kind: 'device', territory: ['al' as RegionId] }, ['county/al', 'notice/al']],
  ['a town', person(['centerTown'], 'east'), ['town/east', 'notice/al']],
  ['two towns', person(['centerTown'], 'east', 'west'), ['town/east', 'town/west', 'notice/al']],
  ['a village, which has no feed of its own yet', person(['centerVillage'], 'east-1'), ['notice/al']],
  ['a role without reading', person(['responder'], 'al'), []],
  ['an auditor of the county', person(['auditor'], 'al'), ['county/al', 'notice/al', 'audit/al']],
  ['an administrator, who does not read who looked at what', person(['administrator'], 'al'), ['county/al', 'notice/al']],
  ['an auditor of one town, whose looks are not kept apart', person(['auditor'], 'east'), ['town/east', 'notice/al']],
  ["nobody's territory", person(['dutyOfficer']), []],
])('%s reads its own feeds and those of its desk', (_name, actor, feeds) => {
  expect(readableFeeds({ actor, deskId: 'd1' as DeskId, territories })).toEqual([...feeds, 'desk/d1']);
});
