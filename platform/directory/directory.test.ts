import { describe, expect, test } from 'vitest';
import type { PolicyActor, Role } from '#contract/access/index.ts';
import { Camera } from '#contract/cameras/index.ts';
import { Region, type RegionPolygon, Responder } from '#contract/directory/index.ts';
import type { CameraId, RegionId } from '#contract/values/index.ts';
import { createMemoryStore } from '../record/index.ts';
import { type Directory, openDirectory, type TypedRow } from './directory.ts';

const spelling = { pinyin: '', initials: '' };

function region(id: string, level: Region['level'], parentId: string | null): TypedRow {
  const row = { countyId: 'al', id, level, parentId, scheme: 's', code: id, name: id, nameEn: id, spelling, center: [108, 33] };
  return { kind: 'regions', row: Region.parse(row) };
}

function renamed(region: TypedRow): TypedRow {
  return { kind: 'regions', row: Region.parse({ ...region.row, name: 'another name' }) };
}

function camera(id: string, regionId: string, name = id): TypedRow {
  const unknown = { gbId: null, location: null, azimuthDeg: null, fieldOfViewDeg: null, rangeM: null };
  const rest = { cameraClass: 'ordinary', streams: [], maintainer: '', maintainerPhone: '' };
  return {
    kind: 'cameras',
    row: Camera.parse({ countyId: 'al', id, number: id, name, nameEn: name, spelling, regionId, ...unknown, ...rest }),
  };
}

const responder = (id: string, regionId: string, index: number): TypedRow => ({
  kind: 'responders',
  row: Responder.parse({ countyId: 'al', id, index, kind: 'gridWorker', name: id, regionId }),
});

const outline = (regionId: string, widthDeg = 1): TypedRow => ({
  kind: 'polygons',
  row: {
    regionId,
    rings: [
      [
        [0, 0],
        [widthDeg, 0],
        [widthDeg, 1],
        [0, 0],
      ],
    ],
  } as unknown as RegionPolygon,
});

const rows = [
  region('al', 'county', null),
  region('east', 'town', 'al'),
  region('east-1', 'village', 'east'),
  region('west', 'town', 'al'),
  outline('al'),
  outline('east'),
  outline('west'),
  camera('a', 'east-1'),
  camera('b', 'west'),
];

async function filled(first: readonly TypedRow[] = rows): Promise<Directory> {
  const directory = await openDirectory(createMemoryStore({ epoch: 'e1' }));
  take(directory, first);
  return directory;
}

function take(directory: Directory, brought: readonly TypedRow[]): void {
  const change = directory.nextRevision({ rows: brought, sources: [], sourcesOf: [] });
  if (change !== null) directory.apply(change);
}

const person = (role: Role, territory: string): PolicyActor => ({ kind: 'person', roles: [role], territory: [territory as RegionId] });

test('a region knows what lies above it, a camera its town', async () => {
  const directory = await filled();
  expect(directory.regionPath('east-1' as RegionId)).toEqual(['east-1', 'east', 'al']);
  expect(directory.regionPath('nowhere' as RegionId)).toEqual([]);
  expect([directory.placeOf('a' as CameraId), directory.placeOf('nowhere' as CameraId)]).toEqual([
    { townId: 'east', villageId: 'east-1', unitId: null },
    { townId: null, villageId: null, unitId: null },
  ]);
});

test.each<[string, PolicyActor, Record<string, string[]>]>([
  [
    'the county',
    person('dutyOfficer', 'al'),
    { regions: ['al', 'east', 'east-1', 'west'], polygons: ['al', 'east', 'west'], cameras: ['a', 'b'] },
  ],
  ['a town', person('centerTown', 'east'), { regions: ['al', 'east', 'east-1'], polygons: ['east'], cameras: ['a'] }],
  ['a village', person('centerVillage', 'east-1'), { regions: ['al', 'east', 'east-1'], polygons: [], cameras: ['a'] }],
  [
    'a workstation of a town',
    { kind: 'device', territory: ['west' as RegionId] },
    { regions: ['al', 'west'], polygons: ['west'], cameras: ['b'] },
  ],
])('%s sees its own rows, and of what lies above only the region', async (_name, actor, seen) => {
  const directory = await filled();
  const shown = (['regions', 'polygons', 'cameras'] as const).map((kind) => {
    const { rows: page } = directory.page({ actor, kind, offset: 0, limit: 100 });
    return [kind, page.map((row) => (row as { id?: string; regionId: string }).id ?? (row as { regionId: string }).regionId)];
  });
  expect(Object.fromEntries(shown)).toEqual(seen);
});

test('pages follow each other without a hole, and count only what is seen', async () => {
  const directory = await filled();
  const page = (offset: number) => directory.page({ actor: person('dutyOfficer', 'al'), kind: 'regions', offset, limit: 3 });
  expect([page(0).nextOffset, page(3).rows.length, page(3).nextOffset, page(99).rows]).toEqual([3, 1, null, []]);
});

test('the same rows again are no new revision, one that differs is', async () => {
  const directory = await filled();
  const same = directory.nextRevision({ rows, sources: [], sourcesOf: [] });
  const changed = directory.nextRevision({ rows: [...rows, camera('a', 'east-1', 'another name')], sources: [], sourcesOf: [] });
  expect([same, changed?.revision, changed?.rows.map(({ id }) => id)]).toEqual([null, 2, ['a']]);
});

test('the content hash tells what is in the directory, not how it came there', async () => {
  const [once, twice] = [await filled(), await openDirectory(createMemoryStore({ epoch: 'e2' }))];
  for (const part of [rows.slice(0, 4), rows.slice(4)]) {
    const change = twice.nextRevision({ rows: part, sources: [], sourcesOf: [] });
    if (change !== null) twice.apply(change);
  }
  const next = [camera('c', 'west')];
  const hashOf = (directory: Directory) => directory.nextRevision({ rows: next, sources: [], sourcesOf: [] })?.contentHash;
  expect(hashOf(once)).toBe(hashOf(twice));
});

describe('the revision of a territory', () => {
  const east = person('centerTown', 'east');
  const village = person('centerVillage', 'east-1');
  const revisionsOf = (directory: Directory, actors: readonly PolicyActor[]) => actors.map((actor) => directory.revisionFor(actor));

  test.each<[string, TypedRow, string[]]>([
    ['a camera of another town', camera('c', 'west'), []],
    ['the outline of the county, which a town does not see', outline('al', 2), []],
    ['somebody of another town', responder('r', 'west', 3), []],
    ['a camera of its village', camera('c', 'east-1'), ['town', 'village']],
    ['a camera at the town’s own', camera('c', 'east'), ['town']],
    ['another name of a camera', camera('a', 'east-1', 'another name'), ['town', 'village']],
    ['somebody of its village', responder('r', 'east-1', 3), ['town', 'village']],
    ['another name of the county, which stands above all', renamed(region('al', 'county', null)), ['town', 'village']],
    ['another name of the town, which stands above its village', renamed(region('east', 'town', 'al')), ['town', 'village']],
  ])('is another one with %s, or not', async (_name, row, changed) => {
    const directory = await filled();
    const before = revisionsOf(directory, [east, village]);
    take(directory, [row]);
    const after = revisionsOf(directory, [east, village]);
    expect(['town', 'village'].filter((_, index) => before[index] !== after[index])).toEqual(changed);
  });

  test('is the directory’s own for whoever may read the whole county, and says what every page says', async () => {
    const directory = await filled();
    take(directory, [camera('c', 'west')]);
    const county = person('dutyOfficer', 'al');
    const pagesOf = (actor: PolicyActor) =>
      (['regions', 'cameras'] as const).map((kind) => directory.page({ actor, kind, offset: 0, limit: 9 }).revision);
    expect([directory.revisionFor(county), pagesOf(county), pagesOf(east)]).toEqual([
      2,
      [2, 2],
      Array(2).fill(directory.revisionFor(east)),
    ]);
  });

  test('does not depend on how the rows came there, nor on how many others there are; neither does the order of a page', async () => {
    const own = [camera('b2', 'east-1'), responder('r1', 'east-1', 0), responder('r2', 'east-1', 1)];
    const alone = await filled([...rows, ...own]);
    // The camera was in another town first, and another person was there before, so that the others have other numbers.
    const later = await filled([...rows, camera('b2', 'west'), responder('r0', 'west', 0)]);
    take(later, [responder('r2', 'east-1', 2), responder('r1', 'east-1', 1), camera('b2', 'east-1')]);
    const pageOf = (directory: Directory) => directory.page({ actor: east, kind: 'cameras', offset: 0, limit: 9 });
    expect(later.revisionFor(east)).toBe(alone.revisionFor(east));
    expect(pageOf(later)).toEqual(pageOf(alone));
  });
});
