import { describe, expect, test } from 'vitest';
import type { Camera } from '#contract/cameras/index.ts';
import type { Region } from '#contract/directory/index.ts';
import { type DisplayKey, type DisplayScene, maxCells, type WallState } from '#contract/wall/index.ts';
import { firstScene, spreadOverTowns } from './firstScene.ts';

const region = (id: string, level: string, parentId: string | null) => ({ id, level, parentId }) as unknown as Region;
const regions = [
  region('al', 'county', null),
  region('t1', 'town', 'al'),
  region('t2', 'town', 'al'),
  region('v1', 'village', 't1'),
  region('g1', 'grid', 'v1'),
];
const camera = (id: string, regionId: string, changes: Partial<Camera> = {}) =>
  ({ id, number: id, regionId, streams: ['sub'], cameraClass: 'ordinary', ...changes }) as unknown as Camera;
const display = (number: number, tiles: (string | null)[] = []): DisplayScene => ({
  displayKey: `DP-${number}` as DisplayKey,
  keySource: 'edid',
  number,
  widthPx: 1920,
  heightPx: 1080,
  layout: 4,
  tiles: Array.from({ length: maxCells }, (_, cell) =>
    tiles[cell] == null ? null : { kind: 'camera', content: { cameraId: tiles[cell] } },
  ),
});
const wall = (...displays: DisplayScene[]): WallState => ({ version: 1, displays });
const many = Array.from({ length: 12 }, (_, index) => camera(`c${String(index).padStart(2, '0')}`, 't1'));

function plan(options: Parameters<typeof firstScene>[0]) {
  return firstScene(options).commands.map((command) => {
    if (command.type === 'wall.setLayout') return command.layout;
    return command.type === 'wall.placeTile' ? `${command.cell}:${String(command.tile.content.cameraId)}` : command.type;
  });
}

describe('the first scene', () => {
  test('takes one streaming camera of each town in turn, and none that is masked by default', () => {
    const cameras = [
      camera('b', 'g1'),
      camera('a', 'v1'),
      camera('d', 't2'),
      camera('silent', 't2', { streams: [] }),
      camera('school', 't1', { cameraClass: 'school' }),
      camera('e', 't2'),
      camera('stray', 'nowhere'),
    ];
    expect(spreadOverTowns({ cameras, regions }).map(({ id }) => id)).toEqual(['stray', 'a', 'd', 'b', 'e']);
  });

  test('is an overview of nine on the first display and four others on the second', () => {
    const first = plan({ wall: wall(display(1)), displayKey: 'DP-1' as DisplayKey, cameras: many });
    const shown = many.slice(0, 9).map(({ id }) => id as string);
    const second = plan({ wall: wall(display(1, shown), display(2)), displayKey: 'DP-2' as DisplayKey, cameras: many });
    expect([first, second]).toEqual([
      [9, '0:c00', '1:c01', '2:c02', '3:c03', '4:c04', '5:c05', '6:c06', '7:c07', '8:c08'],
      [4, '0:c09', '1:c10', '2:c11'],
    ]);
  });

  test('shows few cameras in a small layout, and again on every display', () => {
    const two = many.slice(0, 2);
    const room = wall(display(1, ['c00', 'c01']), display(2));
    expect([
      plan({ wall: wall(display(1)), displayKey: 'DP-1' as DisplayKey, cameras: two }),
      plan({ wall: room, displayKey: 'DP-2' as DisplayKey, cameras: two }),
    ]).toEqual([
      [4, '0:c00', '1:c01'],
      [4, '0:c00', '1:c01'],
    ]);
  });

  test('never touches a display that somebody has used, or that nobody has seen', () => {
    const room = wall(display(1, [null, null, 'c05']));
    expect(['DP-1', 'DP-9'].map((key) => plan({ wall: room, displayKey: key as DisplayKey, cameras: many }))).toEqual([[], []]);
  });
});
