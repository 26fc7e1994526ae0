import { createContext, type ComponentType, useContext } from 'react';
import type { GlassCell, Tile } from '#contract/wall/index.ts';
import type { Place } from './grid.ts';
import type { TakeThumbnail } from './thumbnailReporter.ts';

/** What a tile tells about its own glass; the wall adds the cell. Null: nothing to prove (an empty cell). */
export type TileGlass = Omit<GlassCell, 'cell'>;

/** What a tile kind gets to draw itself with on a Wall. */
export type TileViewProps = {
  readonly tile: Tile;
  readonly place: Place;
  /** What people call the place, e.g. `1.4`. */
  readonly placeName: string;
  /** Room of the tile, CSS pixels, and the size of its text. */
  readonly widthPx: number;
  readonly labelPx: number;
  /** Told at each change of what the tile proves. */
  readonly onGlass: (glass: TileGlass) => void;
  /** A tile with pictures says here how they are drawn small; the function that comes back takes it back. */
  readonly offerThumbnail: (take: TakeThumbnail) => () => void;
};

/** A kind of tile. The wall knows none of them: features register theirs in the composition root. */
export type TileKind = {
  readonly kind: string;
  /** Draws the tile on a wall window. */
  readonly View: ComponentType<TileViewProps>;
  /** Draws the tile's name in a small cell of the console. */
  readonly Summary: ComponentType<{ readonly tile: Tile }>;
  /** Its tiles give small pictures of themselves (`offerThumbnail`), which the console shows. */
  readonly hasThumbnail?: boolean;
  /** A tile of this kind that can be placed as it is (the clock); null where something must be chosen first (which camera). */
  readonly ready: Tile | null;
  /** What makes a tile another one, of which nothing may be carried over; everything in its content where the kind does not say. */
  readonly lookOf?: (tile: Tile) => string;
};

/** The kinds this window can draw, by name. */
export type TileKinds = ReadonlyMap<string, TileKind>;

/** Makes the table; two kinds of one name are a mistake in the composition root. */
export function registerTileKinds(kinds: readonly TileKind[]): TileKinds {
  const table = new Map(kinds.map((kind) => [kind.kind, kind]));
  if (table.size !== kinds.length) throw new Error('two tile kinds have the same name');
  return table;
}

const Context = createContext<TileKinds>(new Map());

/** Hands the table to everything that draws tiles. */
export const TileKindsProvider = Context;

/** The tiles that can be placed as they are, in the order of the table. */
export function useReadyTiles(): readonly { readonly tile: Tile; readonly kind: TileKind }[] {
  return [...useContext(Context).values()].flatMap((kind) => (kind.ready === null ? [] : [{ tile: kind.ready, kind }]));
}

/** The kind that draws this tile; undefined for a kind of a newer version. */
export function useTileKind(tile: Tile): TileKind | undefined {
  return useContext(Context).get(tile.kind);
}

/** Tells when a cell's tile is another one. */
export function useLookOf(): (tile: Tile) => string {
  const kinds = useContext(Context);
  return (tile) => `${tile.kind} ${kinds.get(tile.kind)?.lookOf?.(tile) ?? JSON.stringify(tile.content)}`;
}
