import type { RegionPolygon } from '#contract/directory/index.ts';

/** A window's page stays well below what it may have waiting (contract/bridge, bridgeLimits): 8,000 points are about 330 KB of JSON. */
const mostPointsPerPage = 8_000;

/** Points of an outline. */
export function pointsOf({ rings }: Pick<RegionPolygon, 'rings'>): number {
  return rings.reduce((sum, ring) => sum + ring.length, 0);
}

/**
 * An outline that fits into a page: the same one, or one with every so many points of each ring. A line of a million points shows no more on a
 * screen than one of some thousands.
 */
export function thinned(polygon: RegionPolygon): RegionPolygon {
  const points = pointsOf(polygon);
  if (points <= mostPointsPerPage) return polygon;
  const every = Math.ceil(points / (mostPointsPerPage / 2));
  const rings = polygon.rings.flatMap((ring) => {
    const kept = ring.filter((_, index) => index % every === 0);
    const [first] = kept;
    // A ring that has no four points left is too small to be seen.
    return first === undefined || kept.length < 3 ? [] : [[...kept, first]];
  });
  return { ...polygon, rings };
}

/** As many outlines from `offset` on as fit into a page, at least one. */
export function outlinePage(
  polygons: readonly RegionPolygon[],
  offset: number,
): { readonly rows: RegionPolygon[]; readonly nextOffset: number | null } {
  const rows: RegionPolygon[] = [];
  let points = 0;
  for (const polygon of polygons.slice(offset, offset + mostRowsPerPage)) {
    const thin = thinned(polygon);
    points += pointsOf(thin);
    if (rows.length > 0 && points > mostPointsPerPage) break;
    rows.push(thin);
  }
  const end = offset + rows.length;
  return { rows, nextOffset: end < polygons.length ? end : null };
}

// contract/directory, pages.
const mostRowsPerPage = 1_000;
