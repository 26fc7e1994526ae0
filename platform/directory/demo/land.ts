import type { LngLat, Randomness } from '#contract/values/index.ts';
import { type Cells, divideIntoCells } from './cells.ts';
import { type Landscape, shapeLandscape } from './landscape.ts';
import { isInRing, outlinesOf } from './outlines.ts';
import { distanceKm, type Point, toLngLat } from './plane.ts';
import { type PlaceName, townNames, type VillageSite, villageNames } from './placeNames.ts';
import { between } from '#platform/demo/randomness.ts';
import { drawRivers, type RiverCourse } from './rivers.ts';
import { drawRoads, type RoadCourse } from './roads.ts';
import type { DemoSizes } from './scales.ts';
import { growTerritories, type Territories } from './territories.ts';

/** The county on the plane, named: what cameras, centers and people are then put on. */
export type Land = {
  readonly seed: number;
  readonly sizes: DemoSizes;
  readonly landscape: Landscape;
  readonly cells: Cells;
  readonly territories: Territories;
  /** Village of each cell. */
  readonly villageOfCell: readonly number[];
  readonly towns: readonly PlaceName[];
  readonly villages: readonly PlaceName[];
  readonly rivers: readonly RiverCourse[];
  readonly roads: readonly RoadCourse[];
  /** The closed ring of each cell. */
  readonly cellRings: readonly (readonly LngLat[])[];
  /** The cell that a point lies in; null outside the county. */
  cellAt(point: Point): number | null;
  /** A random point inside a cell. */
  pointIn(random: Randomness, cell: number): Point;
};

/** Draws the land of a demo county. */
export function drawLand({ seed, sizes }: { seed: number; sizes: DemoSizes }): Land {
  const landscape = shapeLandscape({ seed, sizes });
  const cells = divideIntoCells({ seed, landscape, count: sizes.grids });
  const territories = growTerritories({ cells, landscape, villages: sizes.villages });
  const towns = townNames({ seed, count: sizes.towns });
  const rivers = drawRivers({ seed, landscape });
  const villages = villageNames({ seed, villages: territories.villages.map((village) => villageSite({ village, cells, rivers })) });
  const places = territories.villages.map(({ town, cells: [middle] }, index) => ({
    at: cells.sites[middle ?? 0] ?? [0, 0],
    town,
    name: villages[index] as PlaceName,
  }));
  const gates = [beyondBorder(landscape, 1.95), beyondBorder(landscape, 4.55)] as const;
  const rings = outlinesOf(cells.borders, (cell) => cell);
  const cellRings = cells.sites.map((_, cell) => rings.get(cell)?.[0] ?? []);
  return {
    seed,
    sizes,
    landscape,
    cells,
    territories,
    villageOfCell: villageByCell(territories),
    towns,
    villages,
    rivers,
    roads: drawRoads({ seed, places, towns, gates }),
    cellRings,
    ...finders({ cells, cellRings }),
  };
}

type Siting = { village: Territories['villages'][number]; cells: Cells; rivers: readonly RiverCourse[] };

function villageSite({ village, cells, rivers }: Siting): VillageSite {
  const middle = cells.sites[village.cells[0] ?? 0] ?? [0, 0];
  return { town: village.town, riverKm: Math.min(...rivers.flatMap(({ line }) => line.map((point) => distanceKm(point, middle)))) };
}

function beyondBorder(landscape: Landscape, angle: number): Point {
  const [east, north] = landscape.borderPoint(angle);
  return [east * 1.05, north * 1.05];
}

function villageByCell(territories: Territories): number[] {
  const villageOfCell: number[] = [];
  territories.villages.forEach((village, index) => {
    for (const cell of village.cells) villageOfCell[cell] = index;
  });
  return villageOfCell;
}

function finders({ cells, cellRings }: Pick<Land, 'cells' | 'cellRings'>): Pick<Land, 'cellAt' | 'pointIn'> {
  const isIn = (cell: number, point: Point) => isInRing(cellRings[cell] ?? [], toLngLat(point));
  const cellAt = (point: Point) => {
    // Borders are bent, so the cell of the nearest site is the likeliest, not the only one; sites beyond the border have no ring.
    const nearest = cells.nearestSite(point, 0);
    return [nearest, ...(cells.neighbours[nearest] ?? [])].find((cell) => isIn(cell, point)) ?? null;
  };
  const pointIn = (random: Randomness, cell: number): Point => {
    const site = cells.sites[cell] ?? [0, 0];
    const reach = Math.max(...(cells.neighbours[cell] ?? []).map((other) => distanceKm(site, cells.sites[other] ?? site)), 0.2);
    for (;;) {
      const spot: Point = [site[0] + between(random, [-reach, reach]), site[1] + between(random, [-reach, reach])];
      if (isIn(cell, spot)) return spot;
    }
  };
  return { cellAt, pointIn };
}
