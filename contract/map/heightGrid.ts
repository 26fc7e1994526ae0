import { granted, type LngLat, type Result, refused } from '#contract/values/index.ts';
import { groundDistanceM } from './distance.ts';

/** Heights of the land on a regular grid of degrees: row 0 is the north, column 0 the west; samples lie on the bounds themselves. */
export type HeightGrid = {
  /** West, south, east, north in degrees, WGS-84. */
  readonly bounds: readonly [number, number, number, number];
  readonly columns: number;
  readonly rows: number;
  /** Whole metres above the sea, row by row. */
  readonly metres: Int16Array;
};

/** Why bytes are no height grid; sentences under `map:refusals`. */
export type HeightGridRefusal = 'map.notAHeightGrid' | 'map.heightGridTruncated' | 'map.heightGridBroken';

/** "CWH1" read as a little-endian number. */
const magic = 0x3148_5743;
/** u32 magic, u32 columns, u32 rows, u32 zero, 4 x f64 bounds. */
const headerBytes = 48;

/** Writes a grid, little endian: header, then i16 metres row by row. */
export function encodeHeightGrid({ bounds, columns, rows, metres }: HeightGrid): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headerBytes + 2 * metres.length);
  const view = new DataView(bytes.buffer);
  [magic, columns, rows, 0].forEach((value, index) => view.setUint32(4 * index, value, true));
  bounds.forEach((degrees, index) => view.setFloat64(16 + 8 * index, degrees, true));
  metres.forEach((height, index) => view.setInt16(headerBytes + 2 * index, height, true));
  return bytes;
}

/** Reads a grid. Never throws. */
export function decodeHeightGrid(bytes: Uint8Array): Result<HeightGrid, HeightGridRefusal> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint32(0, true) !== magic) return refused('map.notAHeightGrid');
  if (bytes.length < headerBytes) return refused('map.heightGridTruncated', { bytes: bytes.length, wanted: headerBytes });
  const [columns, rows] = [view.getUint32(4, true), view.getUint32(8, true)];
  const wanted = headerBytes + 2 * columns * rows;
  if (bytes.length < wanted) return refused('map.heightGridTruncated', { bytes: bytes.length, wanted });
  const at = (index: number) => view.getFloat64(16 + 8 * index, true);
  const [west, south, east, north] = [at(0), at(1), at(2), at(3)];
  const isPlace = west >= -180 && east <= 180 && south >= -90 && north <= 90 && west < east && south < north;
  if (!isPlace || columns < 2 || rows < 2 || bytes.length !== wanted) return refused('map.heightGridBroken');
  const metres = Int16Array.from({ length: columns * rows }, (_, index) => view.getInt16(headerBytes + 2 * index, true));
  return granted({ bounds: [west, south, east, north], columns, rows, metres });
}

/** Height at a place between the samples (bilinear), metres; null outside the grid. */
export function heightAt({ bounds: [west, south, east, north], columns, rows, metres }: HeightGrid, [lng, lat]: LngLat): number | null {
  const column = ((lng - west) / (east - west)) * (columns - 1);
  const row = ((north - lat) / (north - south)) * (rows - 1);
  if (!(column >= 0 && row >= 0 && column <= columns - 1 && row <= rows - 1)) return null;
  const [left, top] = [Math.min(Math.floor(column), columns - 2), Math.min(Math.floor(row), rows - 2)];
  const [x, y] = [column - left, row - top];
  const sample = (dx: number, dy: number) => metres[(top + dy) * columns + left + dx] ?? 0;
  return (sample(0, 0) * (1 - x) + sample(1, 0) * x) * (1 - y) + (sample(0, 1) * (1 - x) + sample(1, 1) * x) * y;
}

/** A point in space: where, and how far above the ground there. */
export type SightPoint = { readonly at: LngLat; readonly aboveGroundM: number };

/** What a line of sight comes to. `hidden` says how far from the eye the land first stands in the way; `unknown`: outside the grid. */
export type Sight =
  | { readonly kind: 'seen'; readonly distanceM: number }
  | { readonly kind: 'hidden'; readonly distanceM: number; readonly blockedAtM: number }
  | { readonly kind: 'unknown' };

/** Radius of the earth that light is bent around: 7/6 of the mean radius (survey practice, refraction coefficient 1/7). */
const bentRadiusM = 7_432_000;

/** Whether one point sees another over the land, the earth's curve counted. `stepM`: how densely the way is looked at. */
export function lineOfSight(grid: HeightGrid, { eye, target, stepM = 50 }: { eye: SightPoint; target: SightPoint; stepM?: number }): Sight {
  const [from, to] = [heightAt(grid, eye.at), heightAt(grid, target.at)];
  if (from === null || to === null) return { kind: 'unknown' };
  const distanceM = groundDistanceM(eye.at, target.at);
  const [eyeM, targetM] = [from + eye.aboveGroundM, to + target.aboveGroundM];
  const steps = Math.max(1, Math.ceil(distanceM / stepM));
  for (let step = 1; step < steps; step += 1) {
    const share = step / steps;
    const ground = heightAt(grid, [eye.at[0] + (target.at[0] - eye.at[0]) * share, eye.at[1] + (target.at[1] - eye.at[1]) * share]);
    const wayM = distanceM * share;
    const bulgeM = (wayM * (distanceM - wayM)) / (2 * bentRadiusM);
    if ((ground ?? 0) + bulgeM > eyeM + (targetM - eyeM) * share) return { kind: 'hidden', distanceM, blockedAtM: wayM };
  }
  return { kind: 'seen', distanceM };
}
