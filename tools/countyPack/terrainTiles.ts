import { PNG } from 'pngjs';
import { encodeHeightGrid } from '#contract/map/index.ts';
import type { HeightField } from './heightField.ts';
import type { Plane } from './plane.ts';
import { type Tile, writePmtiles } from './pmtilesFile.ts';
import { tileCorner, tilesWithin } from './tileGrid.ts';

const tilePixels = 256;
/** Quarters of a metre: finer steps cost bytes and show nowhere. */
const stepsPerMetre = 4;
/** Samples of the height grid lie about this far apart, degrees (100 m). */
const gridStep = 0.001;

/** Heights as terrarium pictures (height = red * 256 + green + blue / 256 - 32768), for shading hills. */
export function terrainArchive({
  field,
  plane,
  zooms,
}: {
  field: HeightField;
  plane: Plane;
  zooms: readonly [number, number];
}): Uint8Array {
  const tiles: Tile[] = [];
  for (const { z, x, y } of tilesWithin({ bounds: plane.bounds, zooms }))
    tiles.push({ z, x, y, bytes: picture({ field, plane, z, x, y }) });
  return writePmtiles(tiles, { kind: 'png', zooms, bounds: plane.bounds, metadata: { name: 'terrain', encoding: 'terrarium' } });
}

function picture({ field, plane, z, x, y }: { field: HeightField; plane: Plane; z: number; x: number; y: number }): Uint8Array {
  const png = new PNG({ width: tilePixels, height: tilePixels, colorType: 2, inputColorType: 2, inputHasAlpha: false });
  const bytes = Buffer.alloc(tilePixels * tilePixels * 3);
  for (let row = 0; row < tilePixels; row += 1) {
    for (let column = 0; column < tilePixels; column += 1) {
      const place = tileCorner({ z, x: x + (column + 0.5) / tilePixels, y: y + (row + 0.5) / tilePixels });
      const shifted = Math.round(field.heightAt(plane.toKm(place)) * stepsPerMetre) / stepsPerMetre + 32_768;
      const at = 3 * (row * tilePixels + column);
      bytes[at] = Math.floor(shifted / 256);
      bytes[at + 1] = Math.floor(shifted) % 256;
      bytes[at + 2] = Math.floor((shifted % 1) * 256);
    }
  }
  png.data = bytes;
  // Paeth suits land, which rises evenly; choosing anew for each line costs seconds.
  return PNG.sync.write(png, { colorType: 2, inputColorType: 2, inputHasAlpha: false, filterType: 4, deflateLevel: 7 });
}

/** Heights on a grid of degrees, for lines of sight. */
export function heightGridFile({ field, plane }: { field: HeightField; plane: Plane }): Uint8Array {
  const [west, south, east, north] = plane.bounds;
  const [columns, rows] = [Math.ceil((east - west) / gridStep) + 1, Math.ceil((north - south) / gridStep) + 1];
  const metres = Int16Array.from({ length: columns * rows }, (_, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    return Math.round(
      field.heightAt(plane.toKm([west + ((east - west) * column) / (columns - 1), north - ((north - south) * row) / (rows - 1)])),
    );
  });
  return encodeHeightGrid({ bounds: plane.bounds, columns, rows, metres });
}
