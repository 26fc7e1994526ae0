import { describe, expect, test } from 'vitest';
import { emptyWall, type DisplayKey, type Layout, maxCells, type WallState } from '#contract/wall/index.ts';
import { parsePlace, placeName } from './grid.ts';

function wallOf(...displays: { key: string; number: number; layout: Layout }[]): WallState {
  return {
    version: 1,
    displays: displays.map(({ key, number, layout }) => ({
      displayKey: key as DisplayKey,
      keySource: 'connector',
      number,
      widthPx: 1920,
      heightPx: 1080,
      layout,
      tiles: Array.from({ length: maxCells }, () => null),
    })),
  };
}

describe('places of a wall', () => {
  const wall = wallOf({ key: 'HDMI-1', number: 1, layout: 9 }, { key: 'DP-2', number: 12, layout: 4 });

  test('are named as people say them: display number, dot, cell from one', () => {
    expect(placeName({ number: 2, cell: 3 })).toBe('2.4');
  });

  test('are understood as they are typed in a hurry', () => {
    const place = { displayKey: 'HDMI-1', cell: 3 };
    for (const typed of ['1.4', ' 1.4 ', '1 4', '1-4', '1。4', '1．4']) expect(parsePlace(typed, wall)).toEqual(place);
    expect(parsePlace('12.4', wall)).toEqual({ displayKey: 'DP-2', cell: 3 });
  });

  test('that the wall does not have now are nothing: unknown display, cell beyond the layout, cell zero, other text', () => {
    for (const typed of ['3.1', '12.5', '1.0', '1.10', '1', '', 'x.y', '1.4.2']) expect(parsePlace(typed, wall)).toBeNull();
    expect(parsePlace('1.1', emptyWall)).toBeNull();
  });
});
