import { describe, expect, test } from 'vitest';
import { decideWall, evolveWall, WallCommand } from './rules.ts';
import { type DisplayKey, emptyWall, type Tile, type WallState } from './scene.ts';

const left = 'DEL-A0F1-77' as DisplayKey;
const right = 'HDMI-2' as DisplayKey;
const river: Tile = { kind: 'camera', content: { cameraId: 'al-0007' } };
const market: Tile = { kind: 'camera', content: { cameraId: 'al-0009' } };

function after(commands: readonly WallCommand[], state: WallState = emptyWall): WallState {
  return commands.reduce((before, command) => {
    const decided = decideWall(before, command);
    if (!decided.ok) throw new Error(decided.refusal.code);
    return decided.value.reduce(evolveWall, before);
  }, state);
}

const seen = (displayKey: DisplayKey): WallCommand => ({
  type: 'wall.seeDisplay',
  displayKey,
  keySource: 'edid',
  widthPx: 1920,
  heightPx: 1080,
});
const placed = (displayKey: DisplayKey, cell: number, tile: Tile): WallCommand => ({ type: 'wall.placeTile', displayKey, cell, tile });
const shown = (state: WallState) => state.displays.map(({ number, layout, tiles }) => ({ number, layout, tiles: tiles.slice(0, 4) }));

describe('a wall', () => {
  test('numbers displays in the order they were first seen, for ever', () => {
    const state = after([seen(left), seen(right), { ...seen(left), widthPx: 3840, heightPx: 2160 } as WallCommand]);
    expect(state.displays.map(({ displayKey, number, widthPx }) => [displayKey, number, widthPx])).toEqual([
      [left, 1, 3840],
      [right, 2, 1920],
    ]);
  });

  test('says nothing when a display is seen again unchanged', () => {
    expect(decideWall(after([seen(left)]), seen(left))).toEqual({ ok: true, value: [] });
  });

  test('fills and empties several cells in one step, and refuses all of them when one is not there', () => {
    const state = after([seen(left), placed(left, 1, river)]);
    const several: WallCommand = {
      type: 'wall.placeTiles',
      displayKey: left,
      tiles: [
        { cell: 0, tile: market },
        { cell: 1, tile: null },
      ],
    };
    expect(after([several], state).displays[0]?.tiles.slice(0, 3)).toEqual([market, null, null]);
    const beyond: WallCommand = {
      type: 'wall.placeTiles',
      displayKey: left,
      tiles: [
        { cell: 0, tile: market },
        { cell: 4, tile: river },
      ],
    };
    expect(decideWall(state, beyond)).toEqual({
      ok: false,
      refusal: { code: 'wall.noSuchCell', params: { displayKey: left, cell: 4, cells: 4 } },
    });
    const twice = {
      ...several,
      tiles: [
        { cell: 0, tile: market },
        { cell: 0, tile: river },
      ],
    };
    expect(WallCommand.safeParse(twice).success).toBe(false);
  });

  test('swaps tiles across displays', () => {
    const state = after([
      seen(left),
      seen(right),
      placed(left, 1, river),
      placed(right, 0, market),
      { type: 'wall.swapTiles', from: { displayKey: left, cell: 1 }, to: { displayKey: right, cell: 0 } },
    ]);
    expect(shown(state)).toEqual([
      { number: 1, layout: 4, tiles: [null, market, null, null] },
      { number: 2, layout: 4, tiles: [river, null, null, null] },
    ]);
  });

  test('arranges several displays in one step, with the edges that show nothing, or none of them', () => {
    const state = after([seen(left), seen(right), placed(left, 0, river), placed(left, 3, market)]);
    const bezel = { unit: 'mm', sides: 2.5, ends: 1.8 } as const;
    const part = (x: number): Tile => ({ kind: 'map', content: { span: 's', part: `${x}` } });
    const joined: WallCommand = {
      type: 'wall.arrange',
      displays: [
        { displayKey: left, layout: 1, bezel, tiles: [{ cell: 0, tile: part(0) }] },
        { displayKey: right, layout: 1, bezel: null, tiles: [{ cell: 0, tile: part(1) }] },
      ],
    };
    const decided = decideWall(state, joined);
    expect(decided.ok && decided.value.map(({ type }) => type)).toEqual(['wall.arranged']);
    const after1 = after([joined], state);
    // What the layout has no cell for now is kept.
    expect(shown(after1)).toEqual([
      { number: 1, layout: 1, tiles: [part(0), null, null, market] },
      { number: 2, layout: 1, tiles: [part(1), null, null, null] },
    ]);
    expect(after1.displays.map((display) => display.bezel)).toEqual([bezel, undefined]);
    const third = { displayKey: 'DP-9' as DisplayKey, layout: 1 as const, bezel: null, tiles: [{ cell: 0, tile: river }] };
    expect(decideWall(state, { ...joined, displays: [...joined.displays, third] })).toEqual({
      ok: false,
      refusal: { code: 'wall.unknownDisplay', params: { displayKey: 'DP-9' } },
    });
    const beyond = { displayKey: left, layout: 1 as const, bezel: null, tiles: [{ cell: 1, tile: river }] };
    expect(decideWall(state, { type: 'wall.arrange', displays: [beyond] })).toEqual({
      ok: false,
      refusal: { code: 'wall.noSuchCell', params: { displayKey: left, cell: 1, cells: 1 } },
    });
    expect(WallCommand.safeParse({ ...joined, displays: [beyond, beyond] }).success).toBe(false);
  });

  test('gives a tile back when a layout grows again', () => {
    const state = after([
      seen(left),
      placed(left, 3, river),
      { type: 'wall.setLayout', displayKey: left, layout: 1 },
      { type: 'wall.setLayout', displayKey: left, layout: 4 },
    ]);
    expect(shown(state)).toEqual([{ number: 1, layout: 4, tiles: [null, null, null, river] }]);
  });

  test('refuses a cell that the layout does not have, a display it never saw, and clearing what is empty', () => {
    const state = after([seen(left)]);
    const commands: WallCommand[] = [
      placed(left, 4, river),
      placed(right, 0, river),
      { type: 'wall.clearTile', displayKey: left, cell: 0 },
    ];
    expect(commands.map((command) => decideWall(state, command))).toEqual([
      { ok: false, refusal: { code: 'wall.noSuchCell', params: { displayKey: left, cell: 4, cells: 4 } } },
      { ok: false, refusal: { code: 'wall.unknownDisplay', params: { displayKey: right } } },
      { ok: false, refusal: { code: 'wall.cellEmpty', params: { displayKey: left, cell: 0 } } },
    ]);
  });

  test('ignores a fact that it already has', () => {
    const state = after([seen(left), placed(left, 0, river)]);
    expect(evolveWall(state, { type: 'wall.tileCleared', payload: { version: 2, displayKey: left, cell: 0 } })).toBe(state);
  });
});
