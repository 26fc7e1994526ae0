import { type Camera, usualView } from '#contract/cameras/index.ts';
import type { Region } from '#contract/directory/index.ts';
import type { CameraId, RegionId } from '#contract/values/index.ts';
import { cellCount, type DisplayKey, type DisplayScene, layouts, type WallCommand, type WallState } from '#contract/wall/index.ts';

/** What fills one Display for the first time. No commands: somebody has used it already, or there is nothing to show. */
export type ScenePlan = { readonly displayKey: DisplayKey; readonly commands: readonly WallCommand[] };

/** Most cells of the first Display, which carries the overview, and of the others, so that a small machine can decode what they show. */
const mostCells = { first: 9, other: 4 } as const;

/**
 * Fills a Display that was never used with streaming cameras, so that a new room shows the county at its first start. `cameras` are
 * taken in their order, those that no Display shows yet first; a small county's few cameras appear on every Display.
 */
export function firstScene(options: { wall: WallState; displayKey: DisplayKey; cameras: readonly Camera[] }): ScenePlan {
  const { wall, displayKey, cameras } = options;
  const display = wall.displays.find((known) => known.displayKey === displayKey);
  if (display === undefined || isUsed(display) || cameras.length === 0) return { displayKey, commands: [] };
  const shown = new Set(wall.displays.flatMap(({ tiles }) => tiles.map((tile) => tile?.content.cameraId)));
  const unseen = cameras.filter(({ id }) => !shown.has(id));
  const most = display.number === 1 ? mostCells.first : mostCells.other;
  const chosen = (unseen.length > 0 ? unseen : cameras).slice(0, most);
  const layout = layouts.find((known) => cellCount(known) >= chosen.length) ?? most;
  const tiles = chosen.map(({ id }, cell) => placeCamera({ displayKey, cell, cameraId: id }));
  return { displayKey, commands: [{ type: 'wall.setLayout', displayKey, layout }, ...tiles] };
}

function isUsed({ tiles }: DisplayScene): boolean {
  return tiles.some((tile) => tile !== null);
}

function placeCamera({ displayKey, cell, cameraId }: { displayKey: DisplayKey; cell: number; cameraId: CameraId }): WallCommand {
  return { type: 'wall.placeTile', displayKey, cell, tile: { kind: 'camera', content: { cameraId } } };
}

/** Streaming cameras that may be shown without asking, one of each town in turn, in the order of their numbers: every town is seen before one is seen twice. */
export function spreadOverTowns({ cameras, regions }: { cameras: readonly Camera[]; regions: readonly Region[] }): readonly Camera[] {
  const byId = new Map(regions.map((region) => [region.id, region]));
  const streaming = cameras
    .filter((camera) => camera.streams.length > 0 && usualView(camera) === 'plain')
    .toSorted((a, b) => compareText(a.number, b.number));
  const towns = [...Map.groupBy(streaming, ({ regionId }) => townOf(regionId, byId)).entries()].toSorted(([a], [b]) => compareText(a, b));
  const rounds = Math.max(0, ...towns.map(([, own]) => own.length));
  return Array.from({ length: rounds }, (_, round) => towns.flatMap(([, own]) => own[round] ?? [])).flat();
}

function townOf(regionId: RegionId, byId: ReadonlyMap<RegionId, Region>): string {
  let region = byId.get(regionId);
  while (region !== undefined && region.level !== 'town') region = region.parentId === null ? undefined : byId.get(region.parentId);
  return region?.id ?? '';
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
