import type { Camera } from '#contract/cameras/index.ts';
import { type CameraPlace, nowhere, type Places } from '#contract/catalogue/index.ts';
import type { Region } from '#contract/directory/index.ts';
import type { CameraId, RegionId } from '#contract/values/index.ts';
import type { DirectoryRow } from '../record/index.ts';

/** What places are looked up in: the directory as it is, or as a revision will make it. */
export type PlaceRows = {
  region(id: RegionId): Region | null;
  camera(id: CameraId): Camera | null;
};

/** A region and all above it, nearest first; empty for an unknown one. */
export function pathOf(rows: PlaceRows, id: RegionId): readonly Region[] {
  const path: Region[] = [];
  // A tree by import check; the guard only keeps a damaged one from hanging the platform.
  for (let at = rows.region(id); at !== null && !path.includes(at); at = at.parentId === null ? null : rows.region(at.parentId))
    path.push(at);
  return path;
}

/** The town, village and unit that a camera belongs to. */
export function placeIn(rows: PlaceRows, cameraId: CameraId): CameraPlace {
  const camera = rows.camera(cameraId);
  if (camera === null) return nowhere;
  const path = pathOf(rows, camera.regionId);
  const at = (level: Region['level']) => path.find((region) => region.level === level)?.id ?? null;
  return { townId: at('town'), villageId: at('village'), unitId: camera.unitId ?? null };
}

/** Where cameras will be after a revision, and where they were before it. */
export function placesAfter(before: PlaceRows, changed: readonly DirectoryRow[]): Required<Places> {
  const regions = new Map<string, Region>();
  const cameras = new Map<string, Camera>();
  for (const { kind, id, body } of changed) {
    if (kind === 'regions') regions.set(id, JSON.parse(body) as Region);
    if (kind === 'cameras') cameras.set(id, JSON.parse(body) as Camera);
  }
  const after: PlaceRows = {
    region: (id) => regions.get(id) ?? before.region(id),
    camera: (id) => cameras.get(id) ?? before.camera(id),
  };
  return { placeOf: (cameraId) => placeIn(after, cameraId), placeBefore: (cameraId) => placeIn(before, cameraId) };
}
