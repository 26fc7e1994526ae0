import { z } from 'zod';
import { granted, type Result, refused } from '#contract/values/index.ts';
import { Bezel } from './canvas.ts';
import { cellCount, Layout, maxCells } from './layouts.ts';
import { Cell, DisplayKey, type DisplayScene, KeySource, Tile, type WallState } from './scene.ts';

const place = { displayKey: DisplayKey, cell: Cell };
const seenDisplay = {
  displayKey: DisplayKey,
  keySource: KeySource,
  widthPx: z.int().min(1).max(100_000),
  heightPx: z.int().min(1).max(100_000),
};

/** Several cells of one Display at once; null empties a cell. Each cell once. */
const PlacedTiles = z
  .array(z.strictObject({ cell: Cell, tile: Tile.nullable() }))
  .min(1)
  .max(maxCells)
  .refine((tiles) => new Set(tiles.map(({ cell }) => cell)).size === tiles.length, 'each cell once');

/** Layout, edges and some cells of several Displays in one step, so that one picture over them comes and goes as a whole. Each Display once. */
const ArrangedDisplays = z
  .array(z.strictObject({ displayKey: DisplayKey, layout: Layout, bezel: Bezel.nullable(), tiles: PlacedTiles }))
  .min(1)
  .max(64)
  .refine((displays) => new Set(displays.map(({ displayKey }) => displayKey)).size === displays.length, 'each Display once');

/** What may be asked of a Wall. `wall.seeDisplay` is asked by main itself when a Display appears or changes its size. */
export const WallCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('wall.seeDisplay'), ...seenDisplay }),
  z.strictObject({ type: z.literal('wall.setLayout'), displayKey: DisplayKey, layout: Layout }),
  z.strictObject({ type: z.literal('wall.placeTile'), ...place, tile: Tile }),
  z.strictObject({ type: z.literal('wall.placeTiles'), displayKey: DisplayKey, tiles: PlacedTiles }),
  z.strictObject({ type: z.literal('wall.arrange'), displays: ArrangedDisplays }),
  z.strictObject({ type: z.literal('wall.clearTile'), ...place }),
  z.strictObject({ type: z.literal('wall.swapTiles'), from: z.strictObject(place), to: z.strictObject(place) }),
]);
export type WallCommand = z.infer<typeof WallCommand>;

const versioned = { version: z.int().min(1) };

/** Payloads of the wall facts (all v1), each with the Wall's version after it. */
export const wallFacts = {
  'wall.displaySeen': z.strictObject({ ...versioned, ...seenDisplay, number: z.int().min(1) }),
  'wall.layoutChanged': z.strictObject({ ...versioned, displayKey: DisplayKey, layout: Layout }),
  'wall.tilePlaced': z.strictObject({ ...versioned, ...place, tile: Tile }),
  'wall.tilesPlaced': z.strictObject({ ...versioned, displayKey: DisplayKey, tiles: PlacedTiles }),
  'wall.arranged': z.strictObject({ ...versioned, displays: ArrangedDisplays }),
  'wall.tileCleared': z.strictObject({ ...versioned, ...place }),
  'wall.tilesSwapped': z.strictObject({ ...versioned, from: z.strictObject(place), to: z.strictObject(place) }),
} as const;

/** A wall fact: its type and parsed payload. */
export type WallFact = {
  [Type in keyof typeof wallFacts]: { type: Type; payload: z.infer<(typeof wallFacts)[Type]> };
}[keyof typeof wallFacts];

/** Why a wall command is refused; texts under `wall:refusals`. */
export type WallRefusalCode = 'wall.unknownDisplay' | 'wall.noSuchCell' | 'wall.cellEmpty';

/** Decides a wall command against the scene. No facts = nothing to change (already so), which is not a refusal. */
export function decideWall(state: WallState, command: WallCommand): Result<readonly WallFact[], WallRefusalCode> {
  const version = state.version + 1;
  if (command.type === 'wall.seeDisplay') return granted(decideSeen(state, command));
  if (command.type === 'wall.swapTiles') return decideSwap(state, command);
  if (command.type === 'wall.arrange') return decideArranged(state, command);
  const display = sceneOf(state, command.displayKey);
  if (display === undefined) return refused('wall.unknownDisplay', { displayKey: command.displayKey });
  switch (command.type) {
    case 'wall.setLayout': {
      if (display.layout === command.layout) return granted([]);
      return granted([{ type: 'wall.layoutChanged', payload: { version, displayKey: command.displayKey, layout: command.layout } }]);
    }
    case 'wall.placeTile': {
      const { displayKey, cell, tile } = command;
      if (cell >= cellCount(display.layout)) return refused('wall.noSuchCell', { displayKey, cell, cells: cellCount(display.layout) });
      return granted([{ type: 'wall.tilePlaced', payload: { version, displayKey, cell, tile } }]);
    }
    case 'wall.placeTiles': {
      const { displayKey, tiles } = command;
      const cells = cellCount(display.layout);
      const beyond = tiles.find(({ cell }) => cell >= cells);
      if (beyond !== undefined) return refused('wall.noSuchCell', { displayKey, cell: beyond.cell, cells });
      return granted([{ type: 'wall.tilesPlaced', payload: { version, displayKey, tiles } }]);
    }
    case 'wall.clearTile': {
      const { displayKey, cell } = command;
      if (display.tiles[cell] == null) return refused('wall.cellEmpty', { displayKey, cell });
      return granted([{ type: 'wall.tileCleared', payload: { version, displayKey, cell } }]);
    }
  }
}

function decideSeen(state: WallState, command: Extract<WallCommand, { type: 'wall.seeDisplay' }>): readonly WallFact[] {
  const { displayKey, keySource, widthPx, heightPx } = command;
  const known = sceneOf(state, displayKey);
  if (known !== undefined && known.widthPx === widthPx && known.heightPx === heightPx && known.keySource === keySource) return [];
  const number = known?.number ?? 1 + Math.max(0, ...state.displays.map((display) => display.number));
  return [{ type: 'wall.displaySeen', payload: { version: state.version + 1, displayKey, keySource, widthPx, heightPx, number } }];
}

function decideArranged(
  state: WallState,
  { displays }: Extract<WallCommand, { type: 'wall.arrange' }>,
): Result<readonly WallFact[], WallRefusalCode> {
  for (const { displayKey, layout, tiles } of displays) {
    if (sceneOf(state, displayKey) === undefined) return refused('wall.unknownDisplay', { displayKey });
    const cells = cellCount(layout);
    const beyond = tiles.find(({ cell }) => cell >= cells);
    if (beyond !== undefined) return refused('wall.noSuchCell', { displayKey, cell: beyond.cell, cells });
  }
  return granted([{ type: 'wall.arranged', payload: { version: state.version + 1, displays } }]);
}

function decideSwap(
  state: WallState,
  command: Extract<WallCommand, { type: 'wall.swapTiles' }>,
): Result<readonly WallFact[], WallRefusalCode> {
  const { from, to } = command;
  for (const { displayKey, cell } of [from, to]) {
    const display = sceneOf(state, displayKey);
    if (display === undefined) return refused('wall.unknownDisplay', { displayKey });
    if (cell >= cellCount(display.layout)) return refused('wall.noSuchCell', { displayKey, cell, cells: cellCount(display.layout) });
  }
  if (sceneOf(state, from.displayKey)?.tiles[from.cell] == null) return refused('wall.cellEmpty', from);
  return granted([{ type: 'wall.tilesSwapped', payload: { version: state.version + 1, from, to } }]);
}

/** Folds one wall fact. What is not newer than the Wall's version changes nothing (the same object comes back). */
export function evolveWall(state: WallState, fact: WallFact): WallState {
  if (fact.payload.version <= state.version) return state;
  return { version: fact.payload.version, displays: displaysAfter(state.displays, fact) };
}

function displaysAfter(displays: readonly DisplayScene[], fact: WallFact): DisplayScene[] {
  switch (fact.type) {
    case 'wall.displaySeen': {
      const { displayKey, keySource, widthPx, heightPx, number } = fact.payload;
      const known = displays.find((display) => display.displayKey === displayKey);
      if (known !== undefined) return changed(displays, displayKey, (display) => ({ ...display, keySource, widthPx, heightPx }));
      const tiles = Array.from({ length: maxCells }, () => null);
      return [...displays, { displayKey, keySource, number, widthPx, heightPx, layout: 4, tiles }];
    }
    case 'wall.layoutChanged':
      return changed(displays, fact.payload.displayKey, (display) => ({ ...display, layout: fact.payload.layout }));
    case 'wall.tilePlaced':
      return withTile(displays, { ...fact.payload, tile: fact.payload.tile });
    case 'wall.tilesPlaced': {
      const { displayKey, tiles } = fact.payload;
      return tiles.reduce((placed, { cell, tile }) => withTile(placed, { displayKey, cell, tile }), [...displays]);
    }
    case 'wall.arranged':
      return fact.payload.displays.reduce(arrangedDisplay, [...displays]);
    case 'wall.tileCleared':
      return withTile(displays, { ...fact.payload, tile: null });
    case 'wall.tilesSwapped': {
      const { from, to } = fact.payload;
      const tileAt = (at: typeof from) => displays.find((display) => display.displayKey === at.displayKey)?.tiles[at.cell] ?? null;
      return withTile(withTile(displays, { ...from, tile: tileAt(to) }), { ...to, tile: tileAt(from) });
    }
  }
}

type ArrangedDisplay = z.infer<typeof ArrangedDisplays>[number];

function arrangedDisplay(displays: readonly DisplayScene[], { displayKey, layout, bezel, tiles }: ArrangedDisplay): DisplayScene[] {
  const laid = changed(displays, displayKey, ({ bezel: _, ...display }) => ({ ...display, layout, ...(bezel === null ? {} : { bezel }) }));
  return tiles.reduce((placed, { cell, tile }) => withTile(placed, { displayKey, cell, tile }), laid);
}

function withTile(
  displays: readonly DisplayScene[],
  { displayKey, cell, tile }: { displayKey: DisplayKey; cell: number; tile: Tile | null },
): DisplayScene[] {
  return changed(displays, displayKey, (display) => ({ ...display, tiles: display.tiles.with(cell, tile) }));
}

function changed(
  displays: readonly DisplayScene[],
  displayKey: DisplayKey,
  change: (display: DisplayScene) => DisplayScene,
): DisplayScene[] {
  return displays.map((display) => (display.displayKey === displayKey ? change(display) : display));
}

/** The scene of one Display, undefined when the Wall never saw it. */
export function sceneOf(state: WallState, displayKey: DisplayKey): DisplayScene | undefined {
  return state.displays.find((display) => display.displayKey === displayKey);
}
