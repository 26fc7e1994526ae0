import type { LngLat } from '#contract/values/index.ts';

type Ring = readonly LngLat[];

/** Pairs tried per segment before an outline counts as no outline of a place: real ones need about five. */
const pairsPerSegment = 200;

type Box = { readonly west: number; readonly south: number; readonly cellX: number; readonly cellY: number; readonly cells: number };

/**
 * Where a closed ring first crosses itself; null when it does not; `tooComplex` when that cannot be told in bounded time. Segments are
 * compared with those in the same cells of a grid only, which keeps a ring of a million points linear. Touching is no crossing.
 */
export function selfCrossing(ring: Ring): LngLat | 'tooComplex' | null {
  const segments = ring.length - 1;
  const box = boxOf(ring, Math.min(1_024, Math.ceil(Math.sqrt(segments))));
  const kept = new Map<number, number[]>();
  const isApart = boxesOf(ring);
  let work = 0;
  const most = segments * pairsPerSegment + 100_000;
  for (let index = 0; index < segments; index += 1) {
    const [a, b] = [ring[index] as LngLat, ring[index + 1] as LngLat];
    for (const cell of cellsOf({ a, b, box })) {
      const others = kept.get(cell) ?? [];
      for (const other of others) {
        if (isApart(index, other)) continue;
        const isNeighbour = other === index - 1 || (other === 0 && index === segments - 1);
        const at = isNeighbour ? null : crossing({ a, b, c: ring[other] as LngLat, d: ring[other + 1] as LngLat });
        if (at !== null) return at;
      }
      work += others.length + 1;
      if (work > most) return 'tooComplex';
      others.push(index);
      kept.set(cell, others);
    }
  }
  return null;
}

function boxOf(ring: Ring, cells: number): Box {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [x, y] of ring) {
    [west, south, east, north] = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)];
  }
  return { west, south, cellX: (east - west) / cells || 1, cellY: (north - south) / cells || 1, cells };
}

/** Whether two segments' boxes do not meet: nearly all of those in a cell, and told by four comparisons of plain numbers. */
function boxesOf(ring: Ring): (one: number, other: number) => boolean {
  const [xs, ys] = [Float64Array.from(ring, ([x]) => x), Float64Array.from(ring, ([, y]) => y)];
  const isBeside = (along: Float64Array, one: number, other: number) => {
    const [a = 0, b = 0, c = 0, d = 0] = [along[one], along[one + 1], along[other], along[other + 1]];
    return Math.min(a, b) > Math.max(c, d) || Math.max(a, b) < Math.min(c, d);
  };
  return (one, other) => isBeside(xs, one, other) || isBeside(ys, one, other);
}

function* cellsOf({ a, b, box }: { a: LngLat; b: LngLat; box: Box }): Generator<number> {
  const { west, south, cellX, cellY, cells } = box;
  const cellAt = (distance: number) => Math.min(cells - 1, Math.floor(distance));
  const [firstX, lastX] = [cellAt((Math.min(a[0], b[0]) - west) / cellX), cellAt((Math.max(a[0], b[0]) - west) / cellX)];
  const [firstY, lastY] = [cellAt((Math.min(a[1], b[1]) - south) / cellY), cellAt((Math.max(a[1], b[1]) - south) / cellY)];
  for (let x = firstX; x <= lastX; x += 1) for (let y = firstY; y <= lastY; y += 1) yield x * cells + y;
}

/** Where two segments cross in their inside. */
function crossing({ a, b, c, d }: Record<'a' | 'b' | 'c' | 'd', LngLat>): LngLat | null {
  const side = ([px, py]: LngLat, [qx, qy]: LngLat, [rx, ry]: LngLat) => (qx - px) * (ry - py) - (qy - py) * (rx - px);
  const [fromC, fromD] = [side(a, b, c), side(a, b, d)];
  if (fromC * fromD >= 0 || side(c, d, a) * side(c, d, b) >= 0) return null;
  const share = fromC / (fromC - fromD);
  return [c[0] + (d[0] - c[0]) * share, c[1] + (d[1] - c[1]) * share];
}
