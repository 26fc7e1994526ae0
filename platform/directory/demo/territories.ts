import type { Cells } from './cells.ts';
import { type Graph, shortestWays } from './graph.ts';
import type { Landscape } from './landscape.ts';
import { distanceKm, type Point } from './plane.ts';

/** Which cells belong together. Each set is connected: it was grown over shared borders. */
export type Territories = {
  readonly townOfCell: readonly number[];
  readonly villages: readonly Village[];
};

/** A village: its town, its cells from its middle outwards (the first is where its center stands). */
export type Village = { readonly town: number; readonly cells: readonly number[] };

const relaxations = 6;
const fewestVillagesPerTown = 3;

/** Grows towns around their seats, then villages within each town; villages are listed town by town, those near the seat first. */
export function growTerritories({ cells, landscape, villages }: { cells: Cells; landscape: Landscape; villages: number }): Territories {
  const at = (cell: number): Point => cells.sites[cell] ?? [0, 0];
  const graph: Graph = { neighbours: cells.neighbours, length: (from, to) => distanceKm(at(from), at(to)) };
  const seatCells = landscape.seats.map((seat) => nearestCell(cells.sites, seat.at));
  const townOfCell = shortestWays(graph, { sources: seatCells }).origin;
  const members = landscape.seats.map((_, town) => townOfCell.flatMap((other, cell) => (other === town ? [cell] : [])));
  const counts = shareOut({ total: villages, weights: members.map((list) => list.length), atLeast: fewestVillagesPerTown });
  return {
    townOfCell,
    villages: members.flatMap((list, town) => {
      const seat = landscape.seats[town]?.at ?? [0, 0];
      const grown = growVillages({ graph, at, members: list, count: counts[town] ?? 0 });
      return grown
        .toSorted((one, other) => distanceKm(at(one[0] ?? 0), seat) - distanceKm(at(other[0] ?? 0), seat))
        .map((villageCells) => ({ town, cells: villageCells }));
    }),
  };
}

/** Splits `total` by weight into whole numbers (largest remainder), none below `atLeast`. */
export function shareOut({ total, weights, atLeast }: { total: number; weights: readonly number[]; atLeast: number }): number[] {
  const rest = total - atLeast * weights.length;
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => (rest * weight) / sum);
  const shares = exact.map((share) => atLeast + Math.floor(share));
  const missing = total - shares.reduce((all, share) => all + share, 0);
  const byRemainder = exact.map((share, index) => ({ index, remainder: share - Math.floor(share) }));
  byRemainder.sort((one, other) => other.remainder - one.remainder || one.index - other.index);
  for (const { index } of byRemainder.slice(0, missing)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}

type Growing = { graph: Graph; at(cell: number): Point; members: readonly number[]; count: number };

function growVillages({ graph, at, members, count }: Growing): number[][] {
  const within = new Set(members);
  let middles = farApart({ at, members, count });
  let groups: number[][] = [];
  for (let round = 0; round < relaxations; round += 1) {
    const { origin } = shortestWays(graph, { sources: middles, within });
    groups = middles.map((_, group) => members.filter((cell) => origin[cell] === group));
    middles = groups.map((group) => middleOf(group, at));
  }
  return groups.map((group, index) => {
    const middle = middles[index] ?? 0;
    return group.toSorted((one, other) => distanceKm(at(one), at(middle)) - distanceKm(at(other), at(middle)));
  });
}

function farApart({ at, members, count }: Omit<Growing, 'graph'>): number[] {
  const chosen = members.slice(0, 1);
  while (chosen.length < count) {
    const room = (cell: number) => Math.min(...chosen.map((other) => distanceKm(at(cell), at(other))));
    chosen.push(members.reduce((best, cell) => (room(cell) > room(best) ? cell : best)));
  }
  return chosen;
}

function middleOf(group: readonly number[], at: (cell: number) => Point): number {
  const sum = group.reduce<[number, number]>(([x, y], cell) => [x + at(cell)[0], y + at(cell)[1]], [0, 0]);
  const center: Point = [sum[0] / group.length, sum[1] / group.length];
  return group.reduce((best, cell) => (distanceKm(at(cell), center) < distanceKm(at(best), center) ? cell : best));
}

function nearestCell(sites: readonly Point[], point: Point): number {
  return sites.reduce((best, site, cell) => (distanceKm(site, point) < distanceKm(sites[best] ?? site, point) ? cell : best), 0);
}
