import { Region, RegionPolygon } from '#contract/directory/index.ts';
import type { CountyId, LngLat } from '#contract/values/index.ts';
import type { Land } from './land.ts';
import { outlinesOf } from './outlines.ts';
import { toLngLat } from './plane.ts';
import { spellingOf } from './spelling.ts';

// 99 is no province of GB/T 2260, so no real place has these codes.
const divisionPrefix = '990101';
const divisionScheme = 'division-12';
const gridScheme = 'village+3';

/** Ids of the demo's regions. Opaque for everybody else: nothing is read out of them. */
export const regionIds = {
  town: (countyId: CountyId, town: number) => `${countyId}-t${padded(town + 1, 2)}`,
  village: (countyId: CountyId, village: number) => `${countyId}-v${padded(village + 1, 3)}`,
  grid: (countyId: CountyId, cell: number) => `${countyId}-g${padded(cell + 1, 4)}`,
};

/** The territory tree, wider levels first: county, towns, villages, grids. */
export function regionsOf(land: Land, countyId: CountyId): Region[] {
  const site = (cell: number): LngLat => toLngLat(land.cells.sites[cell] ?? [0, 0]);
  const firstVillage = (town: number) => land.territories.villages.find((village) => village.town === town)?.cells[0] ?? 0;
  const named = (name: string) => ({ countyId, name, spelling: spellingOf(name) });
  const county = {
    ...named(land.sizes.name),
    nameEn: land.sizes.nameEn,
    id: countyId,
    level: 'county',
    parentId: null,
    scheme: divisionScheme,
    code: `${divisionPrefix}000000`,
    center: site(firstVillage(0)),
  };
  const towns = land.towns.map((town, index) => ({
    ...named(town.name),
    nameEn: town.nameEn,
    id: regionIds.town(countyId, index),
    level: 'town',
    parentId: countyId,
    scheme: divisionScheme,
    code: `${townCode(index)}000`,
    center: site(firstVillage(index)),
  }));
  const codes = villageCodes(land);
  const villages = land.villages.map((village, index) => ({
    ...named(village.name),
    nameEn: village.nameEn,
    id: regionIds.village(countyId, index),
    level: 'village',
    parentId: regionIds.town(countyId, land.territories.villages[index]?.town ?? 0),
    scheme: divisionScheme,
    code: codes[index],
    center: site(land.territories.villages[index]?.cells[0] ?? 0),
  }));
  const grids = land.territories.villages.flatMap(({ cells }, village) =>
    cells.map((cell, index) => ({
      ...named(`${padded(index + 1, 2)}网格`),
      nameEn: `Grid ${padded(index + 1, 2)}`,
      id: regionIds.grid(countyId, cell),
      level: 'grid',
      parentId: regionIds.village(countyId, village),
      scheme: gridScheme,
      code: `${codes[village]}${padded(index + 1, 3)}`,
      center: site(cell),
    })),
  );
  return Region.array().parse([county, ...towns, ...villages, ...grids]);
}

/** One outline per region, in the order of `regionsOf` within each level; shared borders have the same points on both sides. */
export function polygonsOf(land: Land, countyId: CountyId): RegionPolygon[] {
  const { borders } = land.cells;
  const rows = [
    ...rowsOf(
      outlinesOf(borders, () => 0),
      () => countyId,
    ),
    ...rowsOf(
      outlinesOf(borders, (cell) => land.territories.townOfCell[cell] ?? 0),
      (town) => regionIds.town(countyId, town),
    ),
    ...rowsOf(
      outlinesOf(borders, (cell) => land.villageOfCell[cell] ?? 0),
      (village) => regionIds.village(countyId, village),
    ),
    ...rowsOf(
      outlinesOf(borders, (cell) => cell),
      (cell) => regionIds.grid(countyId, cell),
    ),
  ];
  return RegionPolygon.array().parse(rows);
}

function rowsOf(outlines: Map<number, LngLat[][]>, idOf: (set: number) => string): { regionId: string; rings: LngLat[][] }[] {
  return [...outlines].toSorted(([one], [other]) => one - other).map(([set, rings]) => ({ regionId: idOf(set), rings }));
}

function townCode(town: number): string {
  return `${divisionPrefix}${100 + town}`;
}

// Communities count from 001 and villages from 201, as the statistical codes do.
function villageCodes(land: Land): string[] {
  const counts = new Map<string, number>();
  return land.villages.map(({ name }, index) => {
    const isCommunity = name.endsWith('社区');
    const prefix = townCode(land.territories.villages[index]?.town ?? 0);
    const key = `${prefix}-${isCommunity}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return `${prefix}${padded(isCommunity ? count : 200 + count, 3)}`;
  });
}

function padded(count: number, digits: number): string {
  return String(count).padStart(digits, '0');
}
