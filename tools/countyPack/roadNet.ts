import { encodeRoadGraph, metresPerDegree, type RoadClass, roadClasses, type RoadGraph } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';

/** A line of road whose junctions with others are points that both have. */
export type RoadLine = { readonly class: RoadClass; readonly line: readonly LngLat[] };

/** What one drives in these mountains; km/h. */
const speedsKmh: { readonly [Class in RoadClass]: number } = { national: 60, county: 40, village: 25, street: 20 };

/** Joins lines into a graph: nodes where lines end or meet, edges between, and shape points along them. */
export function roadNetFile(lines: readonly RoadLine[]): Uint8Array {
  return encodeRoadGraph(graphOf(lines));
}

function graphOf(lines: readonly RoadLine[]): RoadGraph {
  const isNode = junctionsOf(lines);
  const numbers = new Map<string, number>();
  const nodes: number[] = [];
  const numberOf = (place: LngLat) => {
    const known = numbers.get(place.join());
    if (known !== undefined) return known;
    numbers.set(place.join(), numbers.size);
    nodes.push(...place);
    return numbers.size - 1;
  };
  const edges = lines
    .flatMap((road) => stretchesOf(road.line, isNode).map((line) => ({ class: road.class, line, metres: metresOf(line) })))
    .filter(({ metres }) => metres > 0);
  const ends = edges.map(({ line }) => ({ from: numberOf(line[0] ?? [0, 0]), to: numberOf(line.at(-1) ?? [0, 0]) }));
  const shapes = edges.map(({ line }) => line.slice(1, -1).flat());
  const starts = [0];
  for (const shape of shapes) starts.push((starts.at(-1) ?? 0) + shape.length / 2);
  return {
    nodeLngLat: Float64Array.from(nodes),
    edgeFrom: Uint32Array.from(ends, ({ from }) => from),
    edgeTo: Uint32Array.from(ends, ({ to }) => to),
    edgeMetres: Float32Array.from(edges, ({ metres }) => metres),
    edgeClass: Uint8Array.from(edges, (edge) => roadClasses.indexOf(edge.class)),
    edgeOneWay: new Uint8Array(edges.length),
    edgeSpeedKmh: Uint8Array.from(edges, (edge) => speedsKmh[edge.class]),
    shapeStart: Uint32Array.from(starts),
    shapeLngLat: Float64Array.from(shapes.flat()),
  };
}

/** Whether lines end at a place or more than one of them passes it. */
function junctionsOf(lines: readonly RoadLine[]): (place: LngLat) => boolean {
  const passes = new Map<string, number>();
  const pass = (place: LngLat | undefined) => place !== undefined && passes.set(place.join(), (passes.get(place.join()) ?? 0) + 1);
  for (const { line } of lines) {
    for (const place of line) pass(place);
    pass(line[0]);
    pass(line.at(-1));
  }
  return (place) => (passes.get(place.join()) ?? 0) > 1;
}

function stretchesOf(line: readonly LngLat[], isNode: (place: LngLat) => boolean): LngLat[][] {
  const stretches: LngLat[][] = [];
  line.forEach((place, index) => {
    if (index > 0) stretches.at(-1)?.push(place);
    if (index < line.length - 1 && (index === 0 || isNode(place))) stretches.push([place]);
  });
  return stretches;
}

function metresOf(line: readonly LngLat[]): number {
  return line.reduce((sum, to, index) => {
    const from = line[index - 1] ?? to;
    return sum + Math.hypot((to[0] - from[0]) * Math.cos((to[1] * Math.PI) / 180), to[1] - from[1]) * metresPerDegree;
  }, 0);
}
