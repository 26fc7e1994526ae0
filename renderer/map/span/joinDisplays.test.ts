import { describe, expect, test } from 'vitest';
import type { PresentDisplay } from '#contract/bridge/index.ts';
import { spanPart } from '#contract/map/index.ts';
import {
  type Bezel,
  decideWall,
  type DisplayKey,
  emptyWall,
  evolveWall,
  type Tile,
  type WallCommand,
  type WallState,
} from '#contract/wall/index.ts';
import { changeSpan, joinCommand, joinedCanvas, splitCommand } from './joinDisplays.ts';
import { isInPlace, partOnDisplay } from './partOnDisplay.ts';
import { isAtCorner, spanDisplays } from './spanDisplays.ts';

const size = { widthPx: 1920, heightPx: 1080 };
const present = [0, 1, 2].map(
  (index): PresentDisplay => ({
    ...{ ...size, displayKey: `DP-${index}` as DisplayKey, keySource: 'connector', connector: `DP-${index}`, x: index * 1920, y: 0 },
    ...{ scale: 1, widthMm: null, heightMm: null, isPrimary: index === 0 },
  }),
);
const [first, second, third] = present.map(({ displayKey }) => displayKey) as [DisplayKey, DisplayKey, DisplayKey];
const camera: Tile = { kind: 'camera', content: { cameraId: 'c-1' } };
const wall = present.reduce(
  (before, { displayKey }) =>
    after(after(before, { type: 'wall.seeDisplay', displayKey, keySource: 'connector', ...size }), {
      ...{ type: 'wall.placeTile', displayKey, cell: 0, tile: camera },
    }),
  emptyWall,
);
const bezel: Bezel = { unit: 'px', sides: 10, ends: 10 };
const chosen = new Set([first, second]);
const joined = { wall, present, chosen, bezels: new Map([[first, bezel]]), spanId: 'span-1' };

function after(state: WallState, command: WallCommand | null): WallState {
  if (command === null) throw new Error('nothing to do');
  const decided = decideWall(state, command);
  if (!decided.ok) throw new Error(decided.refusal.code);
  return decided.value.reduce(evolveWall, state);
}

describe('displays that are joined', () => {
  test('each show their part, whole, and only they', () => {
    const { displays } = after(wall, joinCommand(joined));
    expect(displays.map(({ layout, tiles }) => [layout, tiles[0] === null ? null : spanPart(tiles[0]?.content ?? {})?.left])).toEqual([
      [1, 0],
      [1, 1930],
      [4, undefined],
    ]);
    expect(displays.map((display) => display.bezel)).toEqual([bezel, undefined, undefined]);
  });

  test('need two that are plugged in', () => {
    expect(joinCommand({ ...joined, chosen: new Set([first]) })).toBeNull();
    expect(joinCommand({ ...joined, present: present.slice(0, 1) })).toBeNull();
    expect(joinedCanvas({ ...joined, chosen: new Set() })).toEqual({ wide: 0, high: 0, areas: new Map() });
  });

  test('change as one thing, and each has a map of its own when they are parted', () => {
    const together = after(wall, joinCommand(joined));
    const pinned = changeSpan({ wall: together, spanId: 'span-1', change: (tile) => ({ ...tile, content: { ...tile.content, zoom: 3 } }) });
    const changed = after(together, pinned).displays.map(({ tiles }) => tiles[0]?.content['zoom']);
    expect(changed).toEqual([3, 3, undefined]);
    const parted = after(together, splitCommand({ wall: together, spanId: 'span-1' }));
    expect(parted.displays.map(({ tiles }) => tiles[0])).toEqual([{ kind: 'map', content: {} }, { kind: 'map', content: {} }, camera]);
    expect(splitCommand({ wall, spanId: 'span-1' })).toBeNull();
  });

  test('are counted with those that are unplugged; what is said once is said at a corner', () => {
    const together = after(wall, joinCommand({ ...joined, chosen: new Set([first, second, third]) }));
    const displays = spanDisplays({ spanId: 'span-1', wall: together, present: present.slice(1) });
    expect(displays.map(({ number, isPresent }) => [number, isPresent])).toEqual([
      [1, false],
      [2, true],
      [3, true],
    ]);
    const seen = displays.filter(({ isPresent }) => isPresent).map(({ part }) => part);
    expect(seen.map((part) => isAtCorner(part, { others: seen, corner: 'top' }))).toEqual([true, false]);
  });
});

describe('a tile of a display that shows a part', () => {
  const part = { spanId: 's', displayKey: second, left: 1930, top: 0, width: 1920, height: 1080, wide: 3850, high: 1080 };

  test('shows what lies where it lies on the display, whatever that is divided into', () => {
    const display = { width: 1920, height: 1080 };
    expect(partOnDisplay({ part, tile: { left: 0, top: 0, ...display }, display })).toMatchObject({
      left: 1930,
      top: 0,
      width: 1920,
      scale: 1,
    });
    const quarter = { left: 961, top: 541, width: 959, height: 539 };
    expect(partOnDisplay({ part, tile: quarter, display })).toEqual({ ...quarter, left: 2891, wide: 3850, high: 1080, scale: 1 });
  });

  test('draws as much finer as its display is', () => {
    const display = { width: 3840, height: 2160 };
    const tile = { left: 0, top: 0, ...display };
    expect(partOnDisplay({ part, tile, display })).toEqual({
      left: 1930,
      top: 0,
      width: 1920,
      height: 1080,
      wide: 3850,
      high: 1080,
      scale: 2,
    });
  });

  test('says so on another display, and on one that was turned', () => {
    expect([
      isInPlace({ part, displayKey: second, display: { width: 3840, height: 2160 } }),
      isInPlace({ part, displayKey: first, display: { width: 1920, height: 1080 } }),
      isInPlace({ part, displayKey: second, display: { width: 1080, height: 1920 } }),
    ]).toEqual([true, false, false]);
  });
});
