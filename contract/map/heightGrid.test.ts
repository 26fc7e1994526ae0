import { describe, expect, test } from 'vitest';
import type { LngLat } from '#contract/values/index.ts';
import { seededBytes } from './testing/seededBytes.ts';
import { decodeHeightGrid, encodeHeightGrid, heightAt, type HeightGrid, lineOfSight } from './heightGrid.ts';

/** 11 x 11 samples over 0.1 degrees (about 9 x 11 km): flat at 400 m with a wall of 300 m in the middle column. */
const walled: HeightGrid = {
  bounds: [108, 33, 108.1, 33.1],
  columns: 11,
  rows: 11,
  metres: Int16Array.from({ length: 121 }, (_, index) => (index % 11 === 5 ? 700 : 400)),
};
const flat: HeightGrid = { ...walled, metres: walled.metres.map(() => 400) };
const at = (lng: number, lat: number): LngLat => [lng, lat];
const man = (lng: number, lat = 33.05) => ({ at: at(lng, lat), aboveGroundM: 2 });

describe('a height grid', () => {
  test('comes back as it was written', () => {
    expect(decodeHeightGrid(encodeHeightGrid(walled))).toEqual({ ok: true, value: walled });
  });

  test('says the height at a sample, between samples, on its last corner, and nothing beyond', () => {
    const slope: HeightGrid = { bounds: [0, 0, 1, 1], columns: 2, rows: 2, metres: Int16Array.of(0, 100, 200, 300) };
    const points = [at(0, 1), at(1, 1), at(0, 0), at(1, 0), at(0.5, 0.5), at(1.001, 0.5), at(0.5, Number.NaN)];
    expect(points.map((point) => heightAt(slope, point))).toEqual([0, 100, 200, 300, 150, null, null]);
  });

  test('cut, foreign and twisted files are refused', () => {
    const bytes = encodeHeightGrid(walled);
    const swapped = bytes.slice();
    new DataView(swapped.buffer).setFloat64(16, 109, true);
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    const files = [bytes.subarray(0, 20), bytes.subarray(0, -1), swapped, longer, seededBytes({ seed: 3, length: 300 })];
    const codes = files.map((file) => decodeHeightGrid(file)).map((read) => (read.ok ? 'read' : read.refusal.code));
    expect(codes).toEqual([
      'map.heightGridTruncated',
      'map.heightGridTruncated',
      'map.heightGridBroken',
      'map.heightGridBroken',
      'map.notAHeightGrid',
    ]);
  });
});

describe('a line of sight', () => {
  test('is free over flat land and ends at a wall, whichever way one looks', () => {
    const distanceM = expect.closeTo(7463, -1);
    expect(lineOfSight(flat, { eye: man(108.01), target: man(108.09) })).toEqual({ kind: 'seen', distanceM });
    const blocked = lineOfSight(walled, { eye: man(108.01), target: man(108.09) });
    expect(blocked).toEqual({ kind: 'hidden', distanceM, blockedAtM: expect.closeTo(2820, -2) });
    expect(lineOfSight(walled, { eye: man(108.09), target: man(108.01) }).kind).toBe('hidden');
  });

  test('goes over a wall from a tower that is high enough', () => {
    const tower = { at: at(108.01, 33.05), aboveGroundM: 620 };
    expect(lineOfSight(walled, { eye: tower, target: man(108.09) }).kind).toBe('seen');
  });

  test('is stopped by the curve of the earth where nothing else stands', () => {
    const wide: HeightGrid = { bounds: [108, 33, 109, 34], columns: 2, rows: 2, metres: Int16Array.of(0, 0, 0, 0) };
    expect(lineOfSight(wide, { eye: man(108.1, 33.5), target: man(108.15, 33.5) }).kind).toBe('seen');
    expect(lineOfSight(wide, { eye: man(108.1, 33.5), target: man(108.6, 33.5) }).kind).toBe('hidden');
  });

  test('beyond the grid nobody knows', () => {
    expect(lineOfSight(flat, { eye: man(107.9), target: man(108.05) })).toEqual({ kind: 'unknown' });
  });
});
