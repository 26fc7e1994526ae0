import Flatbush from 'flatbush';
import { eastShrink, metresPerDegree, type RoadGraph } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';

/** A place beside a road: which edge, what share of its length from `edgeFrom`, and how far it is to walk from there. */
export type RoadPoint = { readonly edge: number; readonly share: number; readonly offRoadM: number };

/**
 * Finds the roads that a place lies beside: the nearest one within `withinM`, and those hardly farther (at a junction, on either side of a
 * divided road), one point each. Empty where there is none.
 */
export type RoadSnap = (at: LngLat, withinM: number) => RoadPoint[];

/** Of so many nearest boxes the way to the line itself is reckoned; a long diagonal piece has a box that is near and a line that is not. */
const candidates = 24;
/** Whoever stands between two roads may take either. */
const besideM = 25;

/** Indexes a graph's pieces (one straight line each). Memory: about 50 bytes a piece. */
export function createRoadSnap(graph: RoadGraph): RoadSnap {
  const pieces = piecesOf(graph);
  const count = pieces.edge.length;
  if (count === 0) return () => [];
  const index = new Flatbush(count);
  for (let piece = 0; piece < count; piece += 1) {
    const [ax, ay, bx, by] = endsOf(pieces, piece);
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  index.finish();
  return (at, withinM) => {
    if (!at.every(Number.isFinite)) return [];
    const reachDeg = withinM / metresPerDegree / eastShrink(Math.min(85, Math.abs(at[1])));
    const near = index.neighbors(at[0], at[1], candidates, reachDeg).map((piece) => onPiece(pieces, { piece, at }));
    const nearestM = Math.min(withinM, ...near.map(({ offRoadM }) => offRoadM));
    const beside = near.filter(({ offRoadM }) => offRoadM <= Math.min(withinM, nearestM + besideM));
    return [...Map.groupBy(beside, ({ edge }) => edge).values()].map(nearestOf);
  };
}

function nearestOf(points: readonly RoadPoint[]): RoadPoint {
  return points.reduce((best, point) => (point.offRoadM < best.offRoadM ? point : best));
}

/** Straight pieces of all edges: ends as degrees, and the shares of the edge's length at which each begins and ends. */
type Pieces = { readonly ends: Float64Array; readonly edge: Uint32Array; readonly shares: Float64Array };

function piecesOf(graph: RoadGraph): Pieces {
  const edges = graph.edgeFrom.length;
  const count = edges + graph.shapeLngLat.length / 2;
  const pieces = { ends: new Float64Array(4 * count), edge: new Uint32Array(count), shares: new Float64Array(2 * count) };
  let piece = 0;
  for (let edge = 0; edge < edges; edge += 1) {
    const line = edgeLine(graph, edge);
    const lengths = line.slice(1).map((point, index) => flatLength(line[index] ?? point, point));
    const whole = lengths.reduce((sum, length) => sum + length, 0) || 1;
    let passed = 0;
    lengths.forEach((length, index) => {
      pieces.ends.set([...(line[index] ?? [0, 0]), ...(line[index + 1] ?? [0, 0])], 4 * piece);
      pieces.edge[piece] = edge;
      pieces.shares.set([passed / whole, (passed + length) / whole], 2 * piece);
      passed += length;
      piece += 1;
    });
  }
  return pieces;
}

/** The points of an edge from its beginning to its end, both included; degrees. */
export function edgeLine(graph: RoadGraph, edge: number): LngLat[] {
  const node = (index: number): LngLat => [graph.nodeLngLat[2 * index] ?? 0, graph.nodeLngLat[2 * index + 1] ?? 0];
  const line = [node(graph.edgeFrom[edge] ?? 0)];
  for (let shape = graph.shapeStart[edge] ?? 0; shape < (graph.shapeStart[edge + 1] ?? 0); shape += 1) {
    line.push([graph.shapeLngLat[2 * shape] ?? 0, graph.shapeLngLat[2 * shape + 1] ?? 0]);
  }
  return [...line, node(graph.edgeTo[edge] ?? 0)];
}

function endsOf({ ends }: Pieces, piece: number): [number, number, number, number] {
  const at = 4 * piece;
  return [ends[at] ?? 0, ends[at + 1] ?? 0, ends[at + 2] ?? 0, ends[at + 3] ?? 0];
}

function onPiece(pieces: Pieces, { piece, at }: { piece: number; at: LngLat }): RoadPoint {
  const [ax, ay, bx, by] = endsOf(pieces, piece);
  const shrink = eastShrink(at[1]);
  const [dx, dy] = [(bx - ax) * shrink, by - ay];
  const [px, py] = [(at[0] - ax) * shrink, at[1] - ay];
  const along = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
  const offRoadM = Math.hypot(px - along * dx, py - along * dy) * metresPerDegree;
  const [from, to] = [pieces.shares[2 * piece] ?? 0, pieces.shares[2 * piece + 1] ?? 1];
  return { edge: pieces.edge[piece] ?? 0, share: from + (to - from) * along, offRoadM };
}

function flatLength(a: LngLat, b: LngLat): number {
  return Math.hypot((b[0] - a[0]) * eastShrink(a[1]), b[1] - a[1]);
}
