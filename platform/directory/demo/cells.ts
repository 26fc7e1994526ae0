import { Delaunay } from 'd3-delaunay';
import type { Randomness } from '#contract/values/index.ts';
import { densityAt, type Landscape } from './landscape.ts';
import { bentLine, type Point } from './plane.ts';
import { between, seededRandomness } from '#platform/demo/randomness.ts';

/** A border between two cells, drawn once and used from both sides, so that nothing can gape or overlap. `outside` = -1. */
export type Border = {
  readonly left: number;
  readonly right: number;
  readonly startVertex: number;
  readonly endVertex: number;
  /** From start to end, both included; `left` lies to its left. */
  readonly line: readonly Point[];
};

/** The division of the land: one site per grid and all borders. */
export type Cells = {
  readonly sites: readonly Point[];
  readonly borders: readonly Border[];
  readonly neighbours: readonly (readonly number[])[];
  /** The site nearest to a point, found from a near one. */
  nearestSite(point: Point, near: number): number;
};

/** Not a cell: beyond the county. */
export const outside = -1;

const samplesPerCell = 48;
const relaxations = 14;
const bend = 0.11;
const shortestKm = 0.22;
const borderShakeKm = 0.9;

/** Divides the land into `count` cells: seeded points, relaxed by Lloyd's way, small where people live. */
export function divideIntoCells({ seed, landscape, count }: { seed: number; landscape: Landscape; count: number }): Cells {
  const random = seededRandomness({ seed, label: 'cells' });
  const sites = relaxedSites({ random, landscape, count });
  const beyond = sites.flatMap((site) => mirroredBeyondBorder({ random, landscape, site }));
  const delaunay = Delaunay.from([...sites, ...beyond].map(([x, y]): [number, number] => [x, y]));
  const borders = bordersOf({ delaunay, count, random });
  const neighbours: number[][] = sites.map(() => []);
  for (const { left, right } of borders) {
    if (left === outside || right === outside) continue;
    neighbours[left]?.push(right);
    neighbours[right]?.push(left);
  }
  const nearestSite = (point: Point, near: number) => delaunay.find(point[0], point[1], near);
  return { sites, borders, neighbours, nearestSite };
}

function relaxedSites({ random, landscape, count }: { random: Randomness; landscape: Landscape; count: number }): Point[] {
  const samples = Array.from({ length: count * samplesPerCell }, () => inhabitedPoint(random, landscape));
  let sites = samples.slice(0, count);
  for (let round = 0; round < relaxations; round += 1) {
    const delaunay = Delaunay.from(sites.map(([x, y]): [number, number] => [x, y]));
    const sums = sites.map(() => ({ x: 0, y: 0, members: 0 }));
    for (const [x, y] of samples) {
      const sum = sums[delaunay.find(x, y)];
      if (sum === undefined) continue;
      sum.x += x;
      sum.y += y;
      sum.members += 1;
    }
    sites = sites.map((site, index) => {
      const sum = sums[index];
      return sum === undefined || sum.members === 0 ? site : [sum.x / sum.members, sum.y / sum.members];
    });
  }
  return sites;
}

// Rejection sampling: a spot is kept the more likely the denser people live there.
function inhabitedPoint(random: Randomness, landscape: Landscape): Point {
  const [east, north] = landscape.halfAxesKm;
  for (;;) {
    const spot: Point = [between(random, [-1.6, 1.6]) * east, between(random, [-1.6, 1.6]) * north];
    if (landscape.borderShare(spot) < 1 && random() * 10 < densityAt(landscape, spot)) return spot;
  }
}

// A site near the border is reflected across it: cells of the two meet on the border, which so gets the shape of the land. Exact mirror
// images would give it the teeth of a saw, so they are shaken, outwards only: a site may not be left without a cell around it.
function mirroredBeyondBorder({ random, landscape, site }: { random: Randomness; landscape: Landscape; site: Point }): Point[] {
  const share = landscape.borderShare(site);
  if (share < 0.5) return [];
  const fromMiddle = Math.hypot(site[0], site[1]);
  const stretch = Math.max((2 - share) / share, 1 + borderShakeKm / fromMiddle) + between(random, [0, borderShakeKm / fromMiddle]);
  const turn = between(random, [-borderShakeKm, borderShakeKm]) / fromMiddle;
  return [[(site[0] - site[1] * turn) * stretch, (site[1] + site[0] * turn) * stretch]];
}

function bordersOf({ delaunay, count, random }: { delaunay: Delaunay<Delaunay.Point>; count: number; random: Randomness }): Border[] {
  const { points, triangles, halfedges } = delaunay;
  const pointAt = (index: number): Point => [points[2 * index] ?? 0, points[2 * index + 1] ?? 0];
  const corner = (edge: number) => triangles[edge] ?? 0;
  // Corners of cells are the triangles' centroids, not their circumcentres: no splinters, rounder cells.
  const vertexOf = (triangle: number): Point => {
    const [a, b, c] = [pointAt(corner(3 * triangle)), pointAt(corner(3 * triangle + 1)), pointAt(corner(3 * triangle + 2))];
    return [(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3];
  };
  const borders: Border[] = [];
  halfedges.forEach((opposite, edge) => {
    if (opposite < edge) return;
    const [one, other] = [corner(edge), corner(opposite)];
    if (one >= count && other >= count) return;
    const [startVertex, endVertex] = [Math.floor(edge / 3), Math.floor(opposite / 3)];
    const [from, to] = [vertexOf(startVertex), vertexOf(endVertex)];
    const [p, q] = [pointAt(one), pointAt(other)];
    const isOneLeft = (to[0] - from[0]) * (p[1] - q[1]) - (to[1] - from[1]) * (p[0] - q[0]) > 0;
    const name = (site: number) => (site < count ? site : outside);
    borders.push({
      left: name(isOneLeft ? one : other),
      right: name(isOneLeft ? other : one),
      startVertex,
      endVertex,
      line: [from, ...bentLine(random, { from, to, bend, shortestKm }), to],
    });
  });
  return borders;
}
