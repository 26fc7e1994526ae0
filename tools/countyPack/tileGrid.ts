import type { LngLat } from '#contract/values/index.ts';

/** A tile of the web's grid (Web Mercator, row 0 in the north). */
export type TileName = { readonly z: number; readonly x: number; readonly y: number };

/** All tiles that touch the bounds, zoom by zoom. */
export function* tilesWithin({
  bounds,
  zooms,
}: {
  bounds: readonly [number, number, number, number];
  zooms: readonly [number, number];
}): Generator<TileName> {
  const [west, south, east, north] = bounds;
  for (let z = zooms[0]; z <= zooms[1]; z += 1) {
    const [left, top] = tilePlace([west, north], z);
    const [right, bottom] = tilePlace([east, south], z);
    for (let y = Math.floor(top); y <= Math.floor(bottom); y += 1) {
      for (let x = Math.floor(left); x <= Math.floor(right); x += 1) yield { z, x, y };
    }
  }
}

/** Where a tile's north-west corner lies; fractions lie within it. */
export function tileCorner({ z, x, y }: TileName): LngLat {
  const tiles = 2 ** z;
  const mercator = Math.PI * (1 - (2 * y) / tiles);
  return [(x / tiles) * 360 - 180, (Math.atan(Math.sinh(mercator)) * 180) / Math.PI];
}

function tilePlace([lng, lat]: LngLat, z: number): [number, number] {
  const tiles = 2 ** z;
  const radians = (lat * Math.PI) / 180;
  return [((lng + 180) / 360) * tiles, ((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * tiles];
}
