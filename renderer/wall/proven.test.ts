import { describe, expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import { type DisplayKey, type GlassCell, type GlassReport, maxCells, type Tile, type WallState } from '#contract/wall/index.ts';
import { glassOf, provenCount } from './proven.ts';

const key = 'HDMI-1' as DisplayKey;
const camera = (id: string): Tile => ({ kind: 'camera', content: { cameraId: id } });
const clock: Tile = { kind: 'clock', content: {} };

function wallWith(tiles: readonly (Tile | null)[]): WallState {
  const filled = Array.from({ length: maxCells }, (_, cell) => tiles[cell] ?? null);
  return {
    version: 1,
    displays: [{ displayKey: key, keySource: 'edid', number: 1, widthPx: 1920, heightPx: 1080, layout: 4, tiles: filled }],
  };
}

function report(atMs: number, states: readonly GlassCell['state'][]): GlassReport {
  const cells = states.map((state, cell) => ({ cell, cameraId: `c${cell}` as CameraId, state, sinceMs: 0, lastPictureAtMs: null }));
  return { displayKey: key, atMs, cells };
}

describe('what is proven on a wall', () => {
  const wall = wallWith([camera('a'), camera('b'), clock, null, camera('hidden by the layout')]);
  const displays = [{ displayKey: key }];

  test('counts placed pictures by what they prove; the pieces add up, a clock and hidden cells are not counted', () => {
    const glass = [report(1_000, ['live', 'stale', 'none'])];
    const { expected, byKind, troubles } = provenCount({ glass, wall, displays, nowMs: 2_000 });
    expect([expected, troubles]).toEqual([2, 1]);
    expect(byKind).toEqual({ live: 1, stale: 1, connecting: 0, unmoving: 0, offline: 0, refused: 0, unreported: 0 });
  });

  test('calls a picture that only connects a trouble when no way of playing takes so long', () => {
    const troubles = (nowMs: number) =>
      provenCount({ glass: [report(nowMs, ['connecting', 'live', 'none'])], wall, displays, nowMs }).troubles;
    expect([troubles(20_000), troubles(20_001)]).toEqual([0, 1]);
  });

  test('believes no report that is older than six seconds', () => {
    const glass = [report(1_000, ['live', 'live', 'none'])];
    expect(provenCount({ glass, wall, displays, nowMs: 7_001 }).byKind).toMatchObject({ live: 0, unreported: 3 });
    expect(glassOf({ glass, displayKey: key, cell: 0, nowMs: 7_000 })).toMatchObject({ state: 'live' });
  });

  test('expects nothing of a display that is not plugged in', () => {
    expect(provenCount({ glass: [], wall, displays: [], nowMs: 0 }).expected).toBe(0);
  });
});
