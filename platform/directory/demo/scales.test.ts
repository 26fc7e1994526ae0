import { describe, expect, it } from 'vitest';
import { CountyId } from '#contract/values/index.ts';
import { camerasOf } from './cameras.ts';
import { drawLand } from './land.ts';
import { centersOf, unitsOf } from './offices.ts';
import { respondersOf } from './people.ts';
import { polygonsOf, regionsOf } from './regions.ts';
import { type DemoSizes, sizesOf } from './scales.ts';

const countyId = CountyId.parse('anlan');

// Between county and prefecture: more towns than the known ones, several people per grid, and still drawn in a second.
const sizes: DemoSizes = {
  ...sizesOf('prefecture'),
  towns: 16,
  villages: 120,
  grids: 600,
  cameras: 2600,
  departments: 30,
  townOffices: 5,
  responders: 1700,
  halfAxesKm: [34, 31],
};

describe('a demo of another size', () => {
  const land = drawLand({ seed: 5, sizes });

  it('has exactly the counts asked for', () => {
    expect({
      regions: regionsOf(land, countyId).length,
      rings: polygonsOf(land, countyId).map(({ rings }) => rings.length),
      cameras: camerasOf(land, countyId).length,
      centers: centersOf(land, countyId).length,
      units: unitsOf(land, countyId).length,
      responders: respondersOf(land, countyId).length,
    }).toEqual({
      regions: 1 + 16 + 120 + 600,
      rings: Array.from({ length: 1 + 16 + 120 + 600 }, () => 1),
      cameras: 2600,
      centers: 1 + 16 + 120,
      units: 35,
      responders: 1700,
    });
  });

  it('names every town and village differently', () => {
    expect(new Set(land.towns.map(({ name }) => name)).size).toBe(16);
    expect(new Set(land.villages.map(({ name }) => name)).size).toBe(120);
  });

  it('is a league in the prefecture scale', () => {
    const { grids, cameras, departments, townOffices, responders } = sizesOf('prefecture');
    expect({ grids, cameras, units: departments + townOffices, responders }).toEqual({
      grids: 4580,
      cameras: 20_000,
      units: 58,
      responders: 13_028,
    });
  });
});
