import { type DisplayScene, sceneOf, shownTiles, type Tile, type WallCommand, type WallState } from '#contract/wall/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { Purpose } from '#contract/cameras/index.ts';
import { cameraOf, cameraTileFor, patrol, withZoom, type Zoom } from '../cameras/index.ts';
import type { Place } from '../wall/index.ts';

/** What is being dragged (or placed by keyboard). */
export type Carried =
  | { readonly kind: 'camera'; readonly cameraId: CameraId }
  /** Several cameras, in the order in which they fill cells. */
  | { readonly kind: 'cameras'; readonly cameraIds: readonly CameraId[] }
  /** Cameras that have their cells already (`wallOffer`): which cell it is let go on does not matter. */
  | { readonly kind: 'assigned'; readonly placed: readonly PlacedCamera[]; readonly left: number }
  | { readonly kind: 'tile'; readonly tile: Tile }
  | { readonly kind: 'cell'; readonly from: Place };

/** What will happen when it is let go on a place; said before it is. */
export type DropOutcome =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'place' }
  | { readonly kind: 'replace'; readonly replaced: Tile }
  /** Cells from here on get one camera each; `left` do not fit on this Display. */
  | { readonly kind: 'fill'; readonly placed: readonly PlacedCamera[]; readonly replaced: number; readonly left: number }
  | { readonly kind: 'move' }
  | { readonly kind: 'swap'; readonly other: Tile };

/** A camera and the cell that it gets. */
export type PlacedCamera = { readonly cell: number; readonly cameraId: CameraId };

/** Decides what a drop does; the same rule draws the hint, sends the command and serves the keyboard. */
export function dropOutcome({ wall, carried, to }: { wall: WallState; carried: Carried; to: Place }): DropOutcome {
  const there = tileAt(sceneOf(wall, to.displayKey), to.cell);
  switch (carried.kind) {
    case 'camera':
      if (there === null) return { kind: 'place' };
      return cameraOf(there) === carried.cameraId ? { kind: 'nothing' } : { kind: 'replace', replaced: there };
    case 'cameras':
      return fillOutcome({ scene: sceneOf(wall, to.displayKey), from: to.cell, cameraIds: carried.cameraIds });
    case 'assigned': {
      const { placed, left } = carried;
      const shown = sceneOf(wall, to.displayKey)?.tiles ?? [];
      return placed.length === 0
        ? { kind: 'nothing' }
        : { kind: 'fill', placed, left, replaced: placed.filter(({ cell }) => shown[cell] != null).length };
    }
    case 'tile':
      if (there === null) return { kind: 'place' };
      return there.kind === carried.tile.kind ? { kind: 'nothing' } : { kind: 'replace', replaced: there };
    case 'cell': {
      const { from } = carried;
      const isSame = from.displayKey === to.displayKey && from.cell === to.cell;
      if (isSame || tileAt(sceneOf(wall, from.displayKey), from.cell) === null) return { kind: 'nothing' };
      return there === null ? { kind: 'move' } : { kind: 'swap', other: there };
    }
  }
}

/** The command that makes it happen, and why cameras are shown; null when nothing would. */
export function dropCommand({
  wall,
  carried,
  to,
  purpose = patrol,
}: {
  wall: WallState;
  carried: Carried;
  to: Place;
  purpose?: Purpose;
}): WallCommand | null {
  const outcome = dropOutcome({ wall, carried, to });
  if (outcome.kind === 'nothing') return null;
  if (outcome.kind === 'fill') {
    const tiles = outcome.placed.map(({ cell, cameraId }) => ({ cell, tile: cameraTileFor(cameraId, purpose) }));
    return { type: 'wall.placeTiles', displayKey: to.displayKey, tiles };
  }
  switch (carried.kind) {
    case 'camera':
      return { type: 'wall.placeTile', ...to, tile: cameraTileFor(carried.cameraId, purpose) };
    case 'cameras':
    case 'assigned':
      return null;
    case 'tile':
      return { type: 'wall.placeTile', ...to, tile: carried.tile };
    case 'cell':
      return { type: 'wall.swapTiles', from: carried.from, to };
  }
}

/** The command that shows another part of a camera's picture; null when it is shown already, or is no camera's. */
export function zoomCommand({ wall, place, zoom }: { wall: WallState; place: Place; zoom: Zoom }): WallCommand | null {
  const tile = tileAt(sceneOf(wall, place.displayKey), place.cell);
  if (tile === null || cameraOf(tile) === null) return null;
  const zoomed = withZoom(tile, zoom);
  return JSON.stringify(zoomed) === JSON.stringify(tile) ? null : { type: 'wall.placeTile', ...place, tile: zoomed };
}

/** The command that takes a wall command back, as seen from the scene before it; null when there is nothing to take back. */
export function inverseOf(before: WallState, command: WallCommand): WallCommand | null {
  switch (command.type) {
    case 'wall.seeDisplay':
      return null;
    case 'wall.setLayout': {
      const layout = sceneOf(before, command.displayKey)?.layout;
      return layout === undefined || layout === command.layout ? null : { ...command, layout };
    }
    case 'wall.placeTile': {
      const { displayKey, cell } = command;
      const tile = tileAt(sceneOf(before, displayKey), cell);
      return tile === null ? { type: 'wall.clearTile', displayKey, cell } : { ...command, tile };
    }
    case 'wall.placeTiles': {
      const { displayKey, tiles } = command;
      const scene = sceneOf(before, displayKey);
      return { type: 'wall.placeTiles', displayKey, tiles: tiles.map(({ cell }) => ({ cell, tile: tileAt(scene, cell) })) };
    }
    case 'wall.arrange': {
      const displays = command.displays.flatMap(({ displayKey, tiles }) => {
        const scene = sceneOf(before, displayKey);
        if (scene === undefined) return [];
        const cells = tiles.map(({ cell }) => ({ cell, tile: tileAt(scene, cell) }));
        return [{ displayKey, layout: scene.layout, bezel: scene.bezel ?? null, tiles: cells }];
      });
      return displays.length === 0 ? null : { type: 'wall.arrange', displays };
    }
    case 'wall.clearTile': {
      const { displayKey, cell } = command;
      const tile = tileAt(sceneOf(before, displayKey), cell);
      return tile === null ? null : { type: 'wall.placeTile', displayKey, cell, tile };
    }
    case 'wall.swapTiles':
      // What was moved is now at `to`, so that is where taking back starts.
      return { type: 'wall.swapTiles', from: command.to, to: command.from };
  }
}

// What the Display shows already stays where it is: a village dropped twice does not show its square twice.
function fillOutcome({
  scene,
  from,
  cameraIds,
}: {
  scene: DisplayScene | undefined;
  from: number;
  cameraIds: readonly CameraId[];
}): DropOutcome {
  if (scene === undefined) return { kind: 'nothing' };
  const shown = shownTiles(scene);
  const wanted = cameraIds.filter((cameraId) => !shown.some((tile) => cameraOf(tile) === cameraId));
  const placed = wanted.slice(0, Math.max(0, shown.length - from)).map((cameraId, index) => ({ cell: from + index, cameraId }));
  if (placed.length === 0) return { kind: 'nothing' };
  const replaced = placed.filter(({ cell }) => shown[cell] != null).length;
  return { kind: 'fill', placed, replaced, left: wanted.length - placed.length };
}

function tileAt(scene: DisplayScene | undefined, cell: number): Tile | null {
  return scene?.tiles[cell] ?? null;
}
