import { isEnclosed } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';

/** A ring: closed when its last point is its first. */
export type Ring = readonly LngLat[];

/** Twice nothing: positive when the ring runs counter-clockwise. Square degrees, for comparing only. */
export function signedArea(ring: Ring): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

/** A point inside the outline: its middle, or where that lies outside (a horseshoe) the middle of the widest stretch at its height. */
export function pointInside(rings: readonly Ring[]): LngLat {
  const [largest = []] = rings.toSorted((a, b) => Math.abs(signedArea(b)) - Math.abs(signedArea(a)));
  const middle = centroid(largest);
  if (isEnclosed(rings, middle)) return middle;
  const y = middle[1];
  const hits = rings.flatMap((ring) => crossingsAt(ring, y)).toSorted((a, b) => a - b);
  const stretches = hits.flatMap((from, index) => (index % 2 === 0 ? [{ from, to: hits[index + 1] ?? from }] : []));
  const [widest] = stretches.toSorted((a, b) => b.to - b.from - (a.to - a.from));
  return widest === undefined ? (largest[0] ?? middle) : rounded([(widest.from + widest.to) / 2, y]);
}

function crossingsAt(ring: Ring, y: number): number[] {
  return ring.slice(1).flatMap(([bx, by], index) => {
    const [ax, ay] = ring[index] ?? [bx, by];
    return ay > y === by > y ? [] : [((bx - ax) * (y - ay)) / (by - ay) + ax];
  });
}

function centroid(ring: Ring): LngLat {
  const area = signedArea(ring);
  const [originX, originY] = ring[0] ?? [0, 0];
  if (area === 0) return [originX, originY];
  let [x, y] = [0, 0];
  for (const [index, [ax, ay]] of ring.entries()) {
    const [bx, by] = ring[(index + 1) % ring.length] ?? [ax, ay];
    // Reckoned from the first point: degrees of a county differ in the third digit only.
    const cross = (ax - originX) * (by - originY) - (bx - originX) * (ay - originY);
    x += (ax + bx - 2 * originX) * cross;
    y += (ay + by - 2 * originY) * cross;
  }
  return rounded([originX + x / (6 * area), originY + y / (6 * area)]);
}

function rounded([x, y]: LngLat): LngLat {
  return [Math.round(x * 1e7) / 1e7, Math.round(y * 1e7) / 1e7];
}
