import type { LngLat } from '#contract/values/index.ts';
import { type Border, outside } from './cells.ts';
import { toLngLat } from './plane.ts';

/**
 * Outlines of sets of cells: borders between two cells of the same set cancel, the rest is chained into closed rings,
 * counter-clockwise. `setOf` names the set of a cell (outside is -1); the answer has the rings of each set.
 */
export function outlinesOf(borders: readonly Border[], setOf: (cell: number) => number): Map<number, LngLat[][]> {
  const edges = new Map<number, Map<number, { next: number; line: readonly LngLat[] }>>();
  for (const border of borders) {
    const [left, right] = [border.left, border.right].map((cell) => (cell === outside ? outside : setOf(cell)));
    if (left === undefined || right === undefined || left === right) continue;
    const line = border.line.map(toLngLat);
    addEdge({ edges, set: left, from: border.startVertex, to: border.endVertex, line });
    addEdge({ edges, set: right, from: border.endVertex, to: border.startVertex, line: line.toReversed() });
  }
  edges.delete(outside);
  return new Map([...edges].map(([set, starts]) => [set, chainedRings(starts)]));
}

type Edges = Map<number, Map<number, { next: number; line: readonly LngLat[] }>>;

function addEdge({ edges, set, from, to, line }: { edges: Edges; set: number; from: number; to: number; line: readonly LngLat[] }) {
  const starts = edges.get(set) ?? new Map();
  edges.set(set, starts.set(from, { next: to, line }));
}

function chainedRings(starts: Map<number, { next: number; line: readonly LngLat[] }>): LngLat[][] {
  const rings: LngLat[][] = [];
  for (const first of starts.keys()) {
    const ring: LngLat[] = [];
    let vertex = first;
    for (let edge = starts.get(vertex); edge !== undefined; edge = starts.get(vertex)) {
      starts.delete(vertex);
      ring.push(...edge.line.slice(0, -1));
      vertex = edge.next;
    }
    const start = ring[0];
    if (vertex !== first || start === undefined) throw new Error('an outline does not close');
    rings.push([...ring, start]);
  }
  return rings;
}

/** Whether a point lies within a closed ring (even-odd rule, on whole micro-degrees where sums are exact). */
export function isInRing(ring: readonly LngLat[], [lng, lat]: LngLat): boolean {
  let isInside = false;
  for (let index = 1; index < ring.length; index += 1) {
    const [from, to] = [ring[index - 1], ring[index]];
    if (from === undefined || to === undefined || from[1] > lat === to[1] > lat) continue;
    if (lng < from[0] + ((lat - from[1]) / (to[1] - from[1])) * (to[0] - from[0])) isInside = !isInside;
  }
  return isInside;
}
