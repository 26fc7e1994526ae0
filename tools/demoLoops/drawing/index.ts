import type { DemoScene, DemoSceneKind } from '#platform/cameras/demo/index.ts';
import { seededRandomness } from '#platform/demo/randomness.ts';
import type { CreateDrawing, Drawing } from './drawing.ts';
import { createApartments } from './kinds/apartments.ts';
import { createBridge } from './kinds/bridge.ts';
import { createBusStop } from './kinds/busStop.ts';
import { createCrossroads } from './kinds/crossroads.ts';
import { createForestTower } from './kinds/forestTower.ts';
import { createGranary } from './kinds/granary.ts';
import { createHighway } from './kinds/highway.ts';
import { createHillside } from './kinds/hillside.ts';
import { createMarket } from './kinds/market.ts';
import { createPetrolStation } from './kinds/petrolStation.ts';
import { createReservoir } from './kinds/reservoir.ts';
import { createRiverGauge } from './kinds/riverGauge.ts';
import { createSchoolGate } from './kinds/schoolGate.ts';
import { createSnowPass } from './kinds/snowPass.ts';
import { createSquare } from './kinds/square.ts';
import { createTerraces } from './kinds/terraces.ts';
import { createTunnel } from './kinds/tunnel.ts';
import { createVillageStreet } from './kinds/villageStreet.ts';
import { createWharf } from './kinds/wharf.ts';
import { lightOf } from './light.ts';

export { type Canvas, createCanvas, pictureSize } from './canvas.ts';
export type { Drawing } from './drawing.ts';

const createByKind: Readonly<Record<DemoSceneKind, CreateDrawing>> = {
  hillside: createHillside,
  highway: createHighway,
  riverGauge: createRiverGauge,
  square: createSquare,
  apartments: createApartments,
  schoolGate: createSchoolGate,
  villageStreet: createVillageStreet,
  bridge: createBridge,
  forestTower: createForestTower,
  wharf: createWharf,
  market: createMarket,
  crossroads: createCrossroads,
  reservoir: createReservoir,
  petrolStation: createPetrolStation,
  busStop: createBusStop,
  snowPass: createSnowPass,
  tunnel: createTunnel,
  terraces: createTerraces,
  granary: createGranary,
};

/** The drawing of a demo scene. Same scene, same pixels. */
export function createDrawing(scene: Pick<DemoScene, 'scene' | 'light' | 'seed'>): Drawing {
  return createByKind[scene.scene]({
    random: seededRandomness({ seed: scene.seed, label: scene.scene }),
    light: lightOf(scene.light),
  });
}
