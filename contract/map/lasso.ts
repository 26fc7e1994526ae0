import type { LngLat } from '#contract/values/index.ts';
import { selfCrossing } from './selfCrossing.ts';

type Ring = readonly LngLat[];

/**
 * Whether a line drawn by hand goes around a place, however often: a hand overshoots where the line closes, and what was gone around twice is
 * no hole. The same rule that fills the line on the screen (SVG `nonzero`), so that what is seen inside is counted. Open or closed.
 */
export function isEncircled(ring: Ring, [x, y]: LngLat): boolean {
  return (
    ring.reduce((turns, [ax, ay], index) => {
      const [bx, by] = ring[(index + 1) % ring.length] ?? [ax, ay];
      if (ay > y === by > y || x >= ((bx - ax) * (y - ay)) / (by - ay) + ax) return turns;
      return turns + (by > ay ? 1 : -1);
    }, 0) !== 0
  );
}

/** Square degrees that a line drawn by hand goes around, each once. */
export function encircledSquare(ring: Ring): number {
  const isSimple = new Set(ring.map(String)).size === ring.length && selfCrossing([...ring, ...ring.slice(0, 1)]) === null;
  return isSimple ? Math.abs(shoelace(ring)) : inStrips(ring);
}

/** Whether a line goes over the 180th meridian: nothing here is drawn or chosen there. */
export function isOverDateLine(places: Ring): boolean {
  const lngs = places.map(([lng]) => lng);
  return Math.max(...lngs) - Math.min(...lngs) > 180;
}

/** Square degrees of a ring: positive when it runs counter-clockwise. Overlaps of one that crosses itself cancel out. */
export function shoelace(ring: Ring): number {
  const doubled = ring.reduce((sum, [ax, ay], index) => {
    const [bx, by] = ring[(index + 1) % ring.length] ?? [ax, ay];
    return sum + (ax * by - bx * ay);
  }, 0);
  return doubled / 2;
}

type Edge = { readonly low: LngLat; readonly high: LngLat; readonly turn: 1 | -1 };

/** Between two heights at which nothing begins, ends or crosses, every width is that of their middle on average. */
function inStrips(ring: Ring): number {
  const edges = ring.flatMap((a, index): Edge[] => {
    const b = ring[(index + 1) % ring.length] ?? a;
    if (a[1] === b[1]) return [];
    return [a[1] < b[1] ? { low: a, high: b, turn: 1 } : { low: b, high: a, turn: -1 }];
  });
  const heights = new Set(ring.map(([, y]) => y));
  for (const [index, edge] of edges.entries()) {
    for (const other of edges.slice(0, index)) {
      const y = heightOfCrossing(edge, other);
      if (y !== null) heights.add(y);
    }
  }
  const sorted = [...heights].toSorted((a, b) => a - b);
  return sorted.slice(1).reduce((sum, top, index) => {
    const bottom = sorted[index] ?? top;
    return sum + (top - bottom) * widthAt(edges, (top + bottom) / 2);
  }, 0);
}

function widthAt(edges: readonly Edge[], y: number): number {
  const met = edges
    .filter(({ low, high }) => low[1] < y && high[1] > y)
    .map((edge) => ({ x: xAt(edge, y), turn: edge.turn }))
    .toSorted((a, b) => a.x - b.x);
  let [turns, width] = [0, 0];
  for (const [index, { x, turn }] of met.entries()) {
    if (turns !== 0) width += x - (met[index - 1]?.x ?? x);
    turns += turn;
  }
  return width;
}

function xAt({ low, high }: Edge, y: number): number {
  return low[0] + ((high[0] - low[0]) * (y - low[1])) / (high[1] - low[1]);
}

/** Where two edges meet within both of them; null when they do not, or are the same line. */
function heightOfCrossing(a: Edge, b: Edge): number | null {
  const from = Math.max(a.low[1], b.low[1]);
  const to = Math.min(a.high[1], b.high[1]);
  if (from >= to) return null;
  const [before, after] = [xAt(a, from) - xAt(b, from), xAt(a, to) - xAt(b, to)];
  return before * after < 0 ? from + ((to - from) * before) / (before - after) : null;
}
