import type { PresentDisplay } from '#contract/bridge/index.ts';
import { spanContent, spanPart } from '#contract/map/index.ts';
import {
  type Bezel,
  type DisplayKey,
  type HungDisplay,
  sceneOf,
  shownTiles,
  type Tile,
  type WallCanvas,
  wallCanvas,
  type WallCommand,
  type WallState,
} from '#contract/wall/index.ts';

export type ArrangeCommand = Extract<WallCommand, { type: 'wall.arrange' }>;

/** Displays that are to show one map, with what of them shows nothing at their edges. */
export type JoinedDisplays = {
  readonly wall: WallState;
  readonly present: readonly PresentDisplay[];
  readonly chosen: ReadonlySet<DisplayKey>;
  readonly bezels: ReadonlyMap<DisplayKey, Bezel | null>;
};

/** The canvas that the chosen displays would be parts of, laid by the lowest number among them. */
export function joinedCanvas({ wall, present, chosen, bezels }: JoinedDisplays): WallCanvas {
  const ordered = wall.displays.filter(({ displayKey }) => chosen.has(displayKey)).toSorted((a, b) => a.number - b.number);
  const hung = ordered.flatMap(({ displayKey }): readonly HungDisplay[] => {
    const display = present.find((known) => known.displayKey === displayKey);
    return display === undefined ? [] : [{ ...display, bezel: bezels.get(displayKey) ?? null }];
  });
  return wallCanvas(hung);
}

/** One map over the chosen displays, each of them whole; null = fewer than two of them are plugged in. */
export function joinCommand({ spanId, ...joined }: JoinedDisplays & { readonly spanId: string }): ArrangeCommand | null {
  const { wide, high, areas } = joinedCanvas(joined);
  if (areas.size < 2) return null;
  const displays = [...areas].map(([displayKey, area]) => {
    const tile: Tile = { kind: 'map', content: spanContent({ spanId, displayKey, ...area, wide, high }) };
    return { displayKey, layout: 1 as const, bezel: joined.bezels.get(displayKey) ?? null, tiles: [{ cell: 0, tile }] };
  });
  return { type: 'wall.arrange', displays };
}

/** Every part of one map is changed, in one step; null = there is none of it on the walls. */
export function changeSpan({
  wall,
  spanId,
  change,
}: {
  wall: WallState;
  spanId: string;
  change: (tile: Tile) => Tile;
}): ArrangeCommand | null {
  const displays = wall.displays.flatMap((scene): ArrangeCommand['displays'] => {
    const tiles = shownTiles(scene).flatMap((tile, cell) =>
      tile !== null && spanIdOf(tile) === spanId ? [{ cell, tile: change(tile) }] : [],
    );
    return tiles.length === 0 ? [] : [{ displayKey: scene.displayKey, layout: scene.layout, bezel: scene.bezel ?? null, tiles }];
  });
  return displays.length === 0 ? null : { type: 'wall.arrange', displays };
}

/** Each display of one map gets a map of its own, which looks as the whole did. */
export function splitCommand({ wall, spanId }: { wall: WallState; spanId: string }): ArrangeCommand | null {
  return changeSpan({ wall, spanId, change: aloneTile });
}

function aloneTile(tile: Tile): Tile {
  const { span: _, part: __, display: ___, ...content } = tile.content;
  return { ...tile, content };
}

/** The map that a tile is a part of; null = it is none. */
export function spanIdOf(tile: Tile): string | null {
  return tile.kind === 'map' ? (spanPart(tile.content)?.spanId ?? null) : null;
}

/** The map over several displays that a display shows a part of. */
export function spanOfDisplay(wall: WallState, displayKey: DisplayKey): string | null {
  const scene = sceneOf(wall, displayKey);
  if (scene === undefined) return null;
  return shownTiles(scene).reduce<string | null>((found, tile) => found ?? (tile === null ? null : spanIdOf(tile)), null);
}
