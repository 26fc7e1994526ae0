import { z } from 'zod';
import { Bezel } from './canvas.ts';
import { cellCount, Layout, maxCells } from './layouts.ts';

/** A Display's stable name: EDID vendor+product+serial, else connector, else position; never an index (architecture.md, decision 8). */
export const DisplayKey = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,95}$/)
  .brand<'DisplayKey'>();
export type DisplayKey = z.infer<typeof DisplayKey>;

/** Where a DisplayKey comes from: the best of the three that the machine could tell. */
export const KeySource = z.enum(['edid', 'connector', 'position']);
export type KeySource = z.infer<typeof KeySource>;

/** A cell's number on its Display, from 0. People read it as `<display number>.<cell + 1>`. */
export const Cell = z
  .int()
  .min(0)
  .max(maxCells - 1);

/**
 * One placed content. The wall knows no kind: features register theirs (`camera`, `clock`, ...) in the composition root and
 * parse their own `content`, which is flat and small.
 */
export const Tile = z.strictObject({
  kind: z.string().regex(/^[a-z][a-zA-Z]{0,31}$/),
  content: z
    .record(z.string().regex(/^[a-z][a-zA-Z]{0,31}$/), z.union([z.string().max(200), z.number(), z.boolean(), z.null()]))
    .refine((content) => Object.keys(content).length <= 16, 'at most 16 fields'),
});
export type Tile = z.infer<typeof Tile>;

function filledUp(tiles: readonly (Tile | null)[]): (Tile | null)[] {
  return Array.from({ length: maxCells }, (_, cell) => tiles[cell] ?? null);
}

/** What one Display is asked to show. `number` is what people call it; given once, in the order Displays were first seen. */
export const DisplayScene = z.strictObject({
  displayKey: DisplayKey,
  keySource: KeySource,
  number: z.int().min(1),
  widthPx: z.int().min(1).max(100_000),
  heightPx: z.int().min(1).max(100_000),
  layout: Layout,
  /** What of it shows nothing at its edges, for pictures over several Displays; absent = nothing. */
  bezel: Bezel.optional(),
  /** Scenes written when Displays had fewer cells are filled up with empty ones. */
  tiles: z.array(Tile.nullable()).max(maxCells).transform(filledUp),
});
export type DisplayScene = z.infer<typeof DisplayScene>;

/** The tiles that a Display has cells for, by cell; what it keeps beyond its layout is not among them. */
export function shownTiles({ layout, tiles }: Pick<DisplayScene, 'layout' | 'tiles'>): readonly (Tile | null)[] {
  return tiles.slice(0, cellCount(layout));
}

/** The scene of a desk's Wall: what is *asked for*. What is on glass is another state and never folded from facts. */
export const WallState = z.strictObject({ version: z.int().min(0), displays: z.array(DisplayScene) });
export type WallState = z.infer<typeof WallState>;

/** Before the first Display was seen. */
export const emptyWall: WallState = { version: 0, displays: [] };
