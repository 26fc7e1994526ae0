import { Delaunay } from 'd3-delaunay';
import type { Randomness } from '#contract/values/index.ts';
import { courseThrough } from './courses.ts';
import { type Graph, shortestWays, wayTo } from './graph.ts';
import { distanceKm, type Point } from './plane.ts';
import type { PlaceName } from './placeNames.ts';
import { seededRandomness } from '#platform/demo/randomness.ts';

/** A road on the plane. Its pieces are drawn once: where roads share a piece, only the higher class has it. */
export type RoadCourse = {
  readonly id: string;
  readonly kind: 'national' | 'county' | 'village';
  readonly name: string;
  readonly nameEn: string;
  readonly lines: readonly (readonly Point[])[];
};

/** A village on the road net; the first village of a town is where the town's seat is. */
export type RoadPlace = { readonly at: Point; readonly town: number; readonly name: PlaceName };

// The national road's towns from north to south, by index; it comes from and goes beyond the county.
const nationalTowns = [1, 0, 6, 8];

/** Draws the national road, county roads between neighbouring towns and each village's road home. */
export function drawRoads({ seed, places, towns, gates }: RoadPlan): RoadCourse[] {
  const net = createNet({ random: seededRandomness({ seed, label: 'roads' }), places });
  const seat = (town: number) => places.findIndex((place) => place.town === town);
  const homes = towns.map((_, town) => seat(town));
  const national = nationalTowns.flatMap((town, index) => {
    const before = nationalTowns[index - 1];
    return before === undefined ? [] : net.piecesBetween(seat(before), seat(town));
  });
  const [north, south] = gates;
  const entry = net.pieceFrom(north, seat(nationalTowns[0] ?? 0));
  const exit = net.pieceFrom(south, seat(nationalTowns.at(-1) ?? 0)).toReversed();
  const roads: RoadCourse[] = [
    { id: 'g210', kind: 'national', name: '国道 210', nameEn: 'National Road 210', lines: joined([entry, ...national, exit]) },
  ];
  townLinks(homes.map((home) => places[home]?.at ?? [0, 0])).forEach(([one, other], index) => {
    const lines = joined(net.piecesBetween(homes[one] ?? 0, homes[other] ?? 0));
    const [from, to] = [towns[one], towns[other]];
    if (lines.length === 0 || from === undefined || to === undefined) return;
    const short = `${from.stem.slice(0, 1)}${to.stem.slice(0, 1)}路`;
    const name = roads.some((road) => road.name === short) ? `${from.stem}${to.stem}路` : short;
    roads.push({ id: `x${101 + index}`, kind: 'county', name, nameEn: `${from.stemEn}-${to.stemEn} Road`, lines });
  });
  return [...roads, ...villageRoads({ net, places, homes })];
}

type RoadPlan = { seed: number; places: readonly RoadPlace[]; towns: readonly PlaceName[]; gates: readonly [Point, Point] };

type Net = {
  readonly graph: Graph;
  /** The pieces of the shortest way that no road has yet; they are taken by asking. */
  piecesBetween(from: number, to: number): Point[][];
  pieceFrom(outside: Point, to: number): Point[];
};

function createNet({ random, places }: { random: Randomness; places: readonly RoadPlace[] }): Net {
  const at = (node: number): Point => places[node]?.at ?? [0, 0];
  const graph: Graph = {
    neighbours: gabrielNeighbours(places.map((place) => place.at)),
    length: (from, to) => distanceKm(at(from), at(to)),
  };
  const taken = new Set<string>();
  const piece = (from: Point, to: Point) => courseThrough(random, { points: [from, to], bend: 0.13, shortestKm: 0.5 });
  return {
    graph,
    piecesBetween(from, to) {
      const nodes = wayTo(shortestWays(graph, { sources: [from] }), to);
      return nodes.slice(1).flatMap((node, index) => {
        const before = nodes[index] ?? from;
        const key = `${Math.min(before, node)}-${Math.max(before, node)}`;
        if (taken.has(key)) return [];
        taken.add(key);
        return [piece(at(before), at(node))];
      });
    },
    pieceFrom: (outside, to) => piece(outside, at(to)),
  };
}

// A Gabriel graph keeps the Delaunay edges whose circle holds no third place: how roads link villages without criss-cross.
function gabrielNeighbours(points: readonly Point[]): number[][] {
  const delaunay = Delaunay.from(points.map(([x, y]): [number, number] => [x, y]));
  return points.map((from, node) =>
    [...delaunay.neighbors(node)].filter((other) => {
      const to = points[other] ?? from;
      const center: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
      const nearest = points[delaunay.find(center[0], center[1], node)] ?? from;
      return distanceKm(nearest, center) >= distanceKm(from, center) - 1e-9;
    }),
  );
}

// Towns are linked when no third town lies on the way (Gabriel again), each pair once.
function townLinks(seats: readonly Point[]): [number, number][] {
  return gabrielNeighbours(seats).flatMap((others, town) =>
    others.filter((other) => other > town).map((other): [number, number] => [town, other]),
  );
}

function villageRoads({ net, places, homes }: { net: Net; places: readonly RoadPlace[]; homes: readonly number[] }): RoadCourse[] {
  const ways = shortestWays(net.graph, { sources: homes });
  return places.flatMap((place, node) => {
    const before = ways.previous[node] ?? -1;
    const lines = before === -1 ? [] : net.piecesBetween(before, node);
    if (lines.length === 0) return [];
    const { stem, stemEn } = place.name;
    return [{ id: `y${String(node + 1).padStart(3, '0')}`, kind: 'village' as const, name: `${stem}路`, nameEn: `${stemEn} Road`, lines }];
  });
}

// Pieces that touch become one line, so that kilometres are counted through.
function joined(pieces: readonly (readonly Point[])[]): Point[][] {
  const lines: Point[][] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const [end, start] = [last?.at(-1), piece[0]];
    if (last !== undefined && end !== undefined && start !== undefined && distanceKm(end, start) < 1e-9) last.push(...piece.slice(1));
    else lines.push([...piece]);
  }
  return lines;
}
