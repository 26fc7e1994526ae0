import type { Randomness } from '#contract/values/index.ts';
import { type DemoSceneKind, type StreamingCamera, streamingCameras } from '#platform/demo/streamingCameras.ts';
import type { Land } from './land.ts';
import { distanceKm, type Point } from './plane.ts';
import { between, seededRandomness } from '#platform/demo/randomness.ts';
import type { Spot, SpotSetting } from './spots.ts';

const settings: Readonly<Record<DemoSceneKind, SpotSetting>> = {
  hillside: 'wild',
  highway: 'road',
  riverGauge: 'water',
  square: 'settled',
  apartments: 'settled',
  schoolGate: 'settled',
  villageStreet: 'settled',
  bridge: 'water',
  forestTower: 'wild',
  wharf: 'water',
  market: 'settled',
  crossroads: 'road',
  reservoir: 'water',
  petrolStation: 'road',
  busStop: 'road',
  snowPass: 'wild',
  tunnel: 'road',
  terraces: 'wild',
  granary: 'settled',
};

const leastApartKm = 0.35;

/** A streaming camera where it stands. */
export type PlacedStreamingCamera = { readonly camera: StreamingCamera; readonly cell: number; readonly spot: Spot };

/** Puts the cameras that stream where their pictures make sense: by the river, on a road, in the village, in the woods. */
export function placeStreamingCameras({ land, spotsByCell }: { land: Land; spotsByCell: Map<number, Spot[]> }): PlacedStreamingCamera[] {
  const random = seededRandomness({ seed: land.seed, label: 'streaming cameras' });
  const placed: PlacedStreamingCamera[] = [];
  for (const camera of streamingCameras()) {
    const setting = settings[camera.scene];
    const { cell, at, azimuthDeg } = standFor({ land, random, spotsByCell, camera, setting, placed });
    const cameraClass = camera.scene === 'schoolGate' ? 'school' : 'ordinary';
    placed.push({ camera, cell, spot: { at, azimuthDeg, setting, cameraClass, name: camera.name, nameEn: camera.nameEn } });
  }
  return placed;
}

type Stand = { cell: number; at: Point; azimuthDeg: number };
type StandWish = {
  land: Land;
  random: Randomness;
  spotsByCell: Map<number, Spot[]>;
  camera: StreamingCamera;
  setting: SpotSetting;
  placed: readonly PlacedStreamingCamera[];
};

function standFor({ land, random, spotsByCell, camera, setting, placed }: StandWish): Stand {
  const cells = cellsFor({ land, camera, setting });
  const home = land.cells.sites[cells[0] ?? 0] ?? [0, 0];
  const candidates = cells
    .flatMap((cell) => (spotsByCell.get(cell) ?? []).filter((spot) => spot.setting === setting).map((spot) => ({ cell, spot })))
    .filter(({ spot }) => placed.every((other) => distanceKm(other.spot.at, spot.at) > leastApartKm))
    .toSorted((one, other) => distanceKm(one.spot.at, home) - distanceKm(other.spot.at, home));
  const nearest = candidates[0];
  if (nearest !== undefined) return { cell: nearest.cell, at: nearest.spot.at, azimuthDeg: nearest.spot.azimuthDeg ?? 0 };
  const cell = cells[placed.length % Math.min(cells.length, 2)] ?? 0;
  return { cell, at: land.pointIn(random, cell), azimuthDeg: Math.floor(between(random, [0, 360])) };
}

// A named village's cells; else the town's, from the seat outwards, or from the mountains inwards for what stands in the wild.
function cellsFor({ land, camera, setting }: Pick<StandWish, 'land' | 'camera' | 'setting'>): readonly number[] {
  const villages = land.territories.villages.filter(({ town }, index) => {
    return town === camera.town && (camera.village === null || land.villages[index]?.stem === camera.village);
  });
  const ordered = setting === 'wild' && camera.village === null ? villages.toReversed() : villages;
  return ordered.flatMap((village) => village.cells);
}
