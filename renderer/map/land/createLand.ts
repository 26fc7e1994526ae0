import { PMTiles, type Source } from 'pmtiles';
import { decodeHeightGrid, decodeRoadGraph, type HeightGrid, packFiles } from '#contract/map/index.ts';
import type { CameraId, LngLat, Result } from '#contract/values/index.ts';
import { createRoadMinutes, type RoadMinutes, type Way } from '../roads/roadMinutes.ts';
import { createBuildingsInTheWay } from '../sight/buildings.ts';
import { rankCameras, type RankedCamera, type SightCamera } from '../sight/rankCameras.ts';
import { readBuildings } from './readBuildings.ts';

/** What is asked of the land. Plain data only: it crosses to a worker. */
export type Land = {
  /** Ways by road to a goal, in the order of `from`; the refusal's code where the pack has no roads to be read. */
  waysTo(question: { readonly to: LngLat; readonly from: readonly LngLat[] }): Promise<Result<readonly Way[]>>;
  /** Cameras for a place, the best first. `offline`: those without a picture; `votes`: ups minus downs. */
  camerasFor(question: {
    readonly at: LngLat;
    readonly cameras: readonly SightCamera[];
    readonly offline: ReadonlySet<CameraId>;
    readonly votes: ReadonlyMap<CameraId, number>;
  }): Promise<readonly RankedCamera[]>;
};

/** Where the bytes of a pack's files come from: whole ones, and the land's tiles by range. Rejects with what the network said. */
export type PackBytes = { readonly whole: (file: string) => Promise<Uint8Array>; readonly ranges: (file: string) => Source };

/** Houses farther from the place than this are not looked at: near it they hide most, and a look crosses few tiles. */
const housesWithinM = 800;

/** Answers from one county pack; each file is read when it is first asked for, once more after a failure. */
export function createLand({ whole, ranges }: PackBytes): Land {
  const roads = onceRead(async () => {
    const graph = decodeRoadGraph(await whole(packFiles.roads));
    return graph.ok ? ({ ok: true, value: createRoadMinutes(graph.value) } as const) : graph;
  });
  const heights = onceRead(async () => decodeHeightGrid(await whole(packFiles.heights)));
  const tiles = new PMTiles(ranges(packFiles.base));
  return {
    waysTo: async (question) => {
      const read: Result<RoadMinutes> = await roads();
      return read.ok ? { ok: true, value: read.value(question) } : read;
    },
    camerasFor: async ({ at, cameras, offline, votes }) => {
      const grid = await heightsOrNone(heights);
      const houses = await readBuildings(tiles, { at, withinM: housesWithinM }).catch(() => null);
      return rankCameras({
        ...{ at, cameras, heights: grid },
        buildings: houses === null ? null : createBuildingsInTheWay({ buildings: houses, heights: grid }),
        isOnline: (cameraId) => !offline.has(cameraId),
        votes: (cameraId) => votes.get(cameraId) ?? 0,
      });
    },
  };
}

/** Without heights or houses cameras are ranked all the same, and each says that the land is not known. */
async function heightsOrNone(heights: () => Promise<Result<HeightGrid>>): Promise<HeightGrid | null> {
  const grid = await heights().catch(() => null);
  return grid?.ok === true ? grid.value : null;
}

function onceRead<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let reading: Promise<Value> | null = null;
  return () => {
    reading ??= read().catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  };
}
