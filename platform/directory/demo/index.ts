import { createHash } from 'node:crypto';
import type { Camera, StreamQuality } from '#contract/cameras/index.ts';
import type { Center, Region, RegionPolygon, Responder, Unit } from '#contract/directory/index.ts';
import { type CameraId, CountyId, type LngLat } from '#contract/values/index.ts';
import { type DemoSceneKind, streamingCameras } from '#platform/demo/streamingCameras.ts';
import { camerasOf } from './cameras.ts';
import { drawLand } from './land.ts';
import { centersOf, unitsOf } from './offices.ts';
import { respondersOf } from './people.ts';
import { toLngLat } from './plane.ts';
import { polygonsOf, regionsOf } from './regions.ts';
import { type DemoScale, sizesOf } from './scales.ts';

export type { DemoScale } from './scales.ts';

/** A road as polylines, WGS-84; pieces that two roads share belong to the one of the higher class. */
export type DemoRoad = {
  readonly id: string;
  readonly kind: 'national' | 'county' | 'village';
  readonly name: string;
  readonly nameEn: string;
  readonly lines: readonly (readonly LngLat[])[];
};

/** A river as one polyline from its upper end to its mouth, WGS-84. */
export type DemoRiver = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly widthM: number;
  readonly line: readonly LngLat[];
};

/** Which drawn scene a streaming camera shows; the gateway plays the camera's loop (platform/cameras/demo). */
export type DemoSource = { readonly cameraId: CameraId; readonly quality: StreamQuality; readonly scene: DemoSceneKind };

/** A whole invented county. Rows are validated; ids are unique within their kind; order is fixed. */
export type DemoCounty = {
  readonly county: { readonly id: CountyId; readonly name: string; readonly nameEn: string; readonly timeZone: 'Asia/Shanghai' };
  readonly regions: readonly Region[];
  readonly polygons: readonly RegionPolygon[];
  readonly roads: readonly DemoRoad[];
  readonly rivers: readonly DemoRiver[];
  readonly cameras: readonly Camera[];
  readonly sources: readonly DemoSource[];
  /** The county's own center is the first; in the county of 11 towns and 80 villages 1 + 91. */
  readonly centers: readonly Center[];
  readonly units: readonly Unit[];
  readonly responders: readonly Responder[];
};

/** The seed of the county that everybody sees; another one is another county with the same counts. */
export const demoSeed = 2;

/** Who the county of a scale is, known without inventing the rest of it. */
export function demoCountyProfile(scale: DemoScale): DemoCounty['county'] {
  const { name, nameEn } = sizesOf(scale);
  return { id: CountyId.parse('anlan'), name, nameEn, timeZone: 'Asia/Shanghai' };
}

/**
 * Invents Anlan County: the same seed and scale give the same bytes on every machine. `prefecture` has the size of a league
 * (4,580 grids, 20,000 cameras) and takes some seconds.
 */
export function generateDemoCounty({ seed = demoSeed, scale = 'county' }: { seed?: number; scale?: DemoScale } = {}): DemoCounty {
  const { id: countyId } = demoCountyProfile(scale);
  const land = drawLand({ seed, sizes: sizesOf(scale) });
  const cameras = camerasOf(land, countyId);
  return {
    county: demoCountyProfile(scale),
    regions: regionsOf(land, countyId),
    polygons: polygonsOf(land, countyId),
    roads: land.roads.map((road) => ({ ...road, lines: road.lines.map((line) => line.map(toLngLat)) })),
    rivers: land.rivers.map((river) => ({ ...river, line: river.line.map(toLngLat) })),
    cameras,
    sources: sourcesOf(cameras),
    centers: centersOf(land, countyId),
    units: unitsOf(land, countyId),
    responders: respondersOf(land, countyId),
  };
}

/** SHA-256 of everything in a demo county: two runs of one seed have the same. */
export function demoCountyHash(county: DemoCounty): string {
  return createHash('sha256').update(JSON.stringify(county)).digest('hex');
}

function sourcesOf(cameras: readonly Camera[]): DemoSource[] {
  const scenes = new Map(streamingCameras().map(({ cameraId, scene }) => [cameraId, scene]));
  return cameras.flatMap(({ id, streams }) => {
    const scene = scenes.get(id);
    return scene === undefined ? [] : streams.map((quality) => ({ cameraId: id, quality, scene }));
  });
}
