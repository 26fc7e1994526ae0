import { describe, expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import { decideWall, type DisplayKey, evolveWall, maxCells, type Tile, type WallCommand, type WallState } from '#contract/wall/index.ts';
import { dropCommand, dropOutcome, inverseOf } from './dropOutcome.ts';

const key = 'HDMI-1' as DisplayKey;
const camera = (id: string): Tile => ({ kind: 'camera', content: { cameraId: id } });
const at = (cell: number) => ({ displayKey: key, cell });

function wallWith(tiles: readonly (Tile | null)[]): WallState {
  const filled = Array.from({ length: maxCells }, (_, cell) => tiles[cell] ?? null);
  return {
    version: 1,
    displays: [{ displayKey: key, keySource: 'edid', number: 1, widthPx: 1920, heightPx: 1080, layout: 4, tiles: filled }],
  };
}

function after(wall: WallState, command: WallCommand): WallState {
  const decided = decideWall(wall, command);
  if (!decided.ok) throw new Error(decided.refusal.code);
  return decided.value.reduce(evolveWall, wall);
}

describe('dropping on a cell', () => {
  const wall = wallWith([camera('a'), camera('b')]);
  const carried = { kind: 'camera', cameraId: 'a' as CameraId } as const;

  test('a camera is placed on an empty cell, replaces another one, and is nothing where it already is', () => {
    expect(dropOutcome({ wall, carried, to: at(2) })).toEqual({ kind: 'place' });
    expect(dropOutcome({ wall, carried, to: at(1) })).toEqual({ kind: 'replace', replaced: camera('b') });
    expect(dropOutcome({ wall, carried, to: at(0) })).toEqual({ kind: 'nothing' });
    expect(dropCommand({ wall, carried, to: at(0) })).toBeNull();
    expect(dropCommand({ wall, carried, to: at(2) })).toEqual({ type: 'wall.placeTile', ...at(2), tile: camera('a') });
  });

  test('a clock is placed anywhere but on a clock', () => {
    const clock = { kind: 'clock', content: {} };
    const tile = { kind: 'tile', tile: clock } as const;
    expect(dropOutcome({ wall, carried: tile, to: at(2) })).toEqual({ kind: 'place' });
    expect(dropOutcome({ wall, carried: tile, to: at(0) })).toEqual({ kind: 'replace', replaced: camera('a') });
    expect(dropCommand({ wall, carried: tile, to: at(0) })).toEqual({ type: 'wall.placeTile', ...at(0), tile: clock });
    expect(dropCommand({ wall: wallWith([clock]), carried: tile, to: at(0) })).toBeNull();
  });

  test('a cell is swapped with another one, moved to an empty one, and is nothing onto itself', () => {
    const cell = { kind: 'cell', from: at(0) } as const;
    expect(dropOutcome({ wall, carried: cell, to: at(1) })).toEqual({ kind: 'swap', other: camera('b') });
    expect(dropOutcome({ wall, carried: cell, to: at(3) })).toEqual({ kind: 'move' });
    expect(dropOutcome({ wall, carried: cell, to: at(0) })).toEqual({ kind: 'nothing' });
    expect(dropOutcome({ wall, carried: { kind: 'cell', from: at(3) }, to: at(0) })).toEqual({ kind: 'nothing' });
  });

  test.each<WallCommand>([
    { type: 'wall.placeTile', ...at(2), tile: camera('c') },
    { type: 'wall.placeTile', ...at(0), tile: camera('c') },
    { type: 'wall.placeTiles', displayKey: key, tiles: [1, 2, 3].map((cell) => ({ cell, tile: camera(`new-${cell}`) })) },
    { type: 'wall.clearTile', ...at(1) },
    { type: 'wall.swapTiles', from: at(0), to: at(1) },
    { type: 'wall.swapTiles', from: at(0), to: at(3) },
    { type: 'wall.setLayout', displayKey: key, layout: 9 },
    {
      type: 'wall.arrange',
      displays: [{ displayKey: key, layout: 1, bezel: { unit: 'px', sides: 4, ends: 4 }, tiles: [{ cell: 0, tile: camera('c') }] }],
    },
  ])('can be taken back: $type', (command) => {
    const inverse = inverseOf(wall, command);
    if (inverse === null) throw new Error('nothing takes it back');
    expect(after(after(wall, command), inverse).displays).toEqual(wall.displays);
  });

  test('several cameras fill the cells from there on in their order; what is shown already stays, what does not fit is counted', () => {
    const several = { kind: 'cameras', cameraIds: ['c', 'a', 'd', 'e', 'f'] as CameraId[] } as const;
    expect(dropOutcome({ wall, carried: several, to: at(1) })).toEqual({
      kind: 'fill',
      placed: [
        { cell: 1, cameraId: 'c' },
        { cell: 2, cameraId: 'd' },
        { cell: 3, cameraId: 'e' },
      ],
      replaced: 1,
      left: 1,
    });
    expect(dropCommand({ wall, carried: several, to: at(3) })).toEqual({
      type: 'wall.placeTiles',
      displayKey: key,
      tiles: [{ cell: 3, tile: camera('c') }],
    });
    expect(dropOutcome({ wall, carried: { kind: 'cameras', cameraIds: ['b', 'a'] as CameraId[] }, to: at(2) })).toEqual({
      kind: 'nothing',
    });
  });
});
