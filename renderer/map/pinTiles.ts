import { pinnedContent, pinnedLook, type SharedMapLook, unpinnedContent } from '#contract/map/index.ts';
import { type DisplayKey, shownTiles, type Tile, type WallCommand, type WallState } from '#contract/wall/index.ts';
import type { MapDesk } from './mapDesk.ts';
import { pinNow } from './shareLook.ts';
import { changeSpan, spanIdOf } from './span/index.ts';

/** The map tiles that are on the walls now. */
export function mapTilesOf({ displays }: WallState) {
  return displays.flatMap((scene) =>
    shownTiles(scene).flatMap((tile, cell) => (tile?.kind === 'map' ? [{ displayKey: scene.displayKey, cell, tile }] : [])),
  );
}

/** All map tiles that follow are pinned to how this map looks now; where all are pinned already, all follow again. */
export function pinCommands({ desk, wall }: { desk: MapDesk; wall: WallState }): readonly WallCommand[] {
  const tiles = mapTilesOf(wall);
  const engine = desk.engine();
  const isPinned = tiles.every(({ tile }) => isPinnedTile(tile));
  if (engine === null) return [];
  const look = pinNow({ engine, store: desk.store });
  return tiles
    .filter(({ tile }) => isPinned === isPinnedTile(tile))
    .map(({ tile, ...place }) => ({ type: 'wall.placeTile', ...place, tile: isPinned ? followingTile(tile) : pinnedTile(tile, look) }));
}

/** Whether a map tile keeps its look while the others follow the console. */
export function isPinnedTile(tile: Tile): boolean {
  return tile.kind === 'map' && pinnedLook(tile.content) !== null;
}

function followingTile(tile: Tile): Tile {
  return { ...tile, content: unpinnedContent(tile.content) };
}

function pinnedTile(tile: Tile, look: Parameters<typeof pinnedContent>[0]): Tile {
  return { ...tile, content: { ...tile.content, ...pinnedContent(look) } };
}

/** A map tile that follows pinned to what the desk's maps show now, one that is pinned following again; null = nobody knows what they show. */
function pinToggled({ tile, desk, shared }: { tile: Tile; desk: MapDesk; shared: SharedMapLook | undefined }): Tile | null {
  if (isPinnedTile(tile)) return followingTile(tile);
  const engine = desk.engine();
  if (shared !== undefined) return pinnedTile(tile, shared);
  return engine === null ? null : pinnedTile(tile, pinNow({ engine, store: desk.store }));
}

/** The command that pins a map tile or lets it follow, the parts of one map over several displays all at once; null = nothing to do. */
export function pinCommand({
  place,
  wall,
  tile,
  ...shown
}: Parameters<typeof pinToggled>[0] & {
  place: { readonly displayKey: DisplayKey; readonly cell: number };
  wall: WallState;
}): WallCommand | null {
  const toggled = pinToggled({ tile, ...shown });
  const spanId = spanIdOf(tile);
  if (toggled === null || spanId === null) return toggled === null ? null : { type: 'wall.placeTile', ...place, tile: toggled };
  return changeSpan({
    wall,
    spanId,
    change: (part) => (isPinnedTile(part) === isPinnedTile(tile) ? (pinToggled({ tile: part, ...shown }) ?? part) : part),
  });
}
