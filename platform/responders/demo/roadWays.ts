import KDBush from 'kdbush';
import { metresPerDegree, type RoadGraph } from '#contract/map/index.ts';
import { metresBetween, type Spot } from './spots.ts';

/** How one comes from a place to another: the points to pass, the last of them included. */
export type Ways = (from: Spot, to: Spot) => readonly Spot[];

/** Without a map everybody goes straight ahead. */
export const straightWays: Ways = (_from, to) => [to];

type Steps = { readonly to: number; readonly metres: number }[];

/** Who is farther from any road than this goes on without one. Unit: m. */
const offRoadM = 1_500;
/** No way is looked for that is longer than this, or than so many times the straight line. */
const longestM = 12_000;
const detour = 4;
/** Width of a ring in which the search takes places in any order: shorter ways differ by less than anybody sees. Unit: m. */
const ringM = 10;

/** Ways along the roads of a map, found place by place outwards (Dijkstra with rings instead of a heap: ways of a village are short). */
export function createRoadWays(graph: RoadGraph): Ways {
  const { places, steps } = placesOf(graph);
  if (places.length === 0) return straightWays;
  const nearest = nearestOf(places);
  return (from, to) => {
    const [start, end] = [nearest(from), nearest(to)];
    if (start === null || end === null) return [to];
    const way = shortestWay({ start, end, steps, limitM: Math.min(longestM, metresBetween(from, to) * detour + 500) });
    return way === null ? [to] : way.map((place) => places[place] ?? to);
  };
}

/** Junctions and bends alike are places, each with the next ones along its roads. */
function placesOf({ nodeLngLat, edgeFrom, edgeTo, shapeStart, shapeLngLat }: RoadGraph): { places: Spot[]; steps: Steps[] } {
  const nodes = nodeLngLat.length / 2;
  const pair = (list: Float64Array, index: number): Spot => [list[2 * index] ?? 0, list[2 * index + 1] ?? 0];
  const places: Spot[] = [
    ...Array.from({ length: nodes }, (_, node) => pair(nodeLngLat, node)),
    ...Array.from({ length: shapeLngLat.length / 2 }, (_, shape) => pair(shapeLngLat, shape)),
  ];
  const steps: Steps[] = places.map(() => []);
  edgeFrom.forEach((from, edge) => {
    const [first, last] = [shapeStart[edge] ?? 0, shapeStart[edge + 1] ?? 0];
    const line = [from, ...Array.from({ length: last - first }, (_, index) => nodes + first + index), edgeTo[edge] ?? from];
    line.slice(1).forEach((to, index) => {
      const before = line[index] ?? to;
      const metres = metresBetween(places[before] ?? [0, 0], places[to] ?? [0, 0]);
      steps[before]?.push({ to, metres });
      steps[to]?.push({ to: before, metres });
    });
  });
  return { places, steps };
}

function nearestOf(places: readonly Spot[]): (spot: Spot) => number | null {
  const index = new KDBush(places.length);
  const narrowing = Math.cos(((places[0]?.[1] ?? 0) * Math.PI) / 180);
  for (const [lng, lat] of places) index.add(lng * narrowing, lat);
  index.finish();
  return ([lng, lat]) => {
    for (const metres of [60, 250, offRoadM]) {
      const near = index.within(lng * narrowing, lat, metres / metresPerDegree);
      const distance = (place: number) => metresBetween(places[place] ?? [0, 0], [lng, lat]);
      if (near.length > 0) return near.reduce((best, place) => (distance(place) < distance(best) ? place : best));
    }
    return null;
  };
}

function shortestWay({
  start,
  end,
  steps,
  limitM,
}: {
  start: number;
  end: number;
  steps: readonly Steps[];
  limitM: number;
}): number[] | null {
  const reached = new Map([[start, { metres: 0, before: -1 }]]);
  const rings: number[][] = [[start]];
  for (let ring = 0; ring * ringM <= limitM && ring < rings.length; ring += 1) {
    // Places are added to the ring that is being looked at, too.
    for (const place of rings[ring] ?? []) {
      if (place === end) return wayBack(reached, end);
      const { metres } = reached.get(place) ?? { metres: 0 };
      for (const step of steps[place] ?? []) {
        const length = metres + step.metres;
        if (length >= (reached.get(step.to)?.metres ?? Number.POSITIVE_INFINITY)) continue;
        reached.set(step.to, { metres: length, before: place });
        const into = Math.max(ring, Math.floor(length / ringM));
        while (rings.length <= into) rings.push([]);
        rings[into]?.push(step.to);
      }
    }
  }
  return null;
}

function wayBack(reached: ReadonlyMap<number, { before: number }>, end: number): number[] {
  const way: number[] = [];
  for (let at = end; at !== -1; at = reached.get(at)?.before ?? -1) way.unshift(at);
  return way;
}
