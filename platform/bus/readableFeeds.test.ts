import { expect, test } from 'vitest';
import type { PolicyActor, Role } from '#contract/access/index.ts';
import type { CountyId, DeskId, RegionId, UnitId } from '#contract/values/index.ts';
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

const liaison = (roles: Role[], territory: string): PolicyActor => ({
  ...{ kind: 'person', roles, territory: [territory as RegionId] },
  unitId: 'u1' as UnitId,
});

test.each<[string, PolicyActor, string[]]>([
  ['a county duty officer', person(['dutyOfficer'], 'al'), ['county/al', 'notice/al']],
  ['a workstation of the county', { kind: 'device', territory: ['al' as RegionId] }, ['county/al', 'notice/al']],
  ['a town', person(['centerTown'], 'east'), ['town/east', 'notice/al']],
  ['two towns', person(['centerTown'], 'east', 'west'), ['town/east', 'town/west', 'notice/al']],
  ['a village', person(['centerVillage'], 'east-1'), ['village/east-1', 'notice/al']],
  ['a town whose village is named too: its feed holds the village', person(['centerTown'], 'east', 'east-1'), ['town/east', 'notice/al']],
  ['a workstation of a village', { kind: 'device', territory: ['east-1' as RegionId] }, ['village/east-1', 'notice/al']],
  ['the liaison of a department', liaison(['unitLiaison'], 'east'), ['unit/u1', 'notice/al']],
  ['a liaison without a department', person(['unitLiaison'], 'east'), ['notice/al']],
  ['a town that is a liaison too', liaison(['centerTown', 'unitLiaison'], 'east'), ['town/east', 'unit/u1', 'notice/al']],
  ['somebody of a department who is no liaison', liaison(['centerTown'], 'east'), ['town/east', 'notice/al']],
  ['the county, which holds what departments hold', liaison(['dutyOfficer', 'unitLiaison'], 'al'), ['county/al', 'notice/al']],
  ['a role without reading', person(['responder'], 'al'), []],
  ['an auditor of the county', person(['auditor'], 'al'), ['county/al', 'notice/al', 'audit/al']],
  ['an administrator, who does not read who looked at what', person(['administrator'], 'al'), ['county/al', 'notice/al']],
  ['an auditor of one town, whose looks are not kept apart', person(['auditor'], 'east'), ['town/east', 'notice/al']],
  ["nobody's territory", person(['dutyOfficer']), []],
])('%s reads its own feeds and those of its desk', (_name, actor, feeds) => {
  expect(readableFeeds({ actor, deskId: 'd1' as DeskId, territories })).toEqual([...feeds, 'desk/d1']);
});
