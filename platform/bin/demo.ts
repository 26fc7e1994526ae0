import { existsSync } from 'node:fs';
import path from 'node:path';
import { type DemoLoops, demoLoopPath } from '../cameras/index.ts';
import { type DemoScale, demoCountyProfile, demoSeed, generateDemoCounty, type TypedRow } from '../directory/index.ts';
import { seededRandomness } from '../demo/randomness.ts';
import type { Foundation } from '../foundation.ts';
import { nodeClock, nodeTimers } from '../nodePorts.ts';
import { type OpenIntake, startDemoResponders } from '../responders/index.ts';

/** The invented county as the foundation of a demo's record. It is invented when a new record asks for it: that takes seconds. */
export function demoFoundation(scale: DemoScale): Foundation {
  const { id: countyId, name, nameEn, timeZone } = demoCountyProfile(scale);
  return { county: { countyId, name, nameEn, timeZone }, rows: () => demoRows(scale) };
}

function demoRows(scale: DemoScale): readonly TypedRow[] {
  const demo = generateDemoCounty({ scale });
  return [
    ...demo.regions.map((row) => ({ kind: 'regions', row }) as const),
    ...demo.polygons.map((row) => ({ kind: 'polygons', row }) as const),
    ...demo.cameras.map((row) => ({ kind: 'cameras', row }) as const),
    ...demo.centers.map((row) => ({ kind: 'centers', row }) as const),
    ...demo.units.map((row) => ({ kind: 'units', row }) as const),
    ...demo.responders.map((row) => ({ kind: 'responders', row }) as const),
  ];
}

/** Moves the demo's responders; the seed is the county's, so that a demo begins alike everywhere. */
export const demoIntake: OpenIntake = (ports) =>
  startDemoResponders({
    ...ports,
    clock: nodeClock,
    timers: nodeTimers,
    random: seededRandomness({ seed: demoSeed, label: 'positions' }),
  });

/** Where the map of the demo's county lies; the set-up draws it into the cache. */
export function demoPackShelf({ cacheFolder, scale }: { cacheFolder: string; scale: DemoScale }): string {
  return path.join(cacheFolder, 'county-packs', scale);
}

/** Where the loops of the demo's cameras lie; the set-up draws them into the cache. */
export function demoLoops(cacheFolder: string): DemoLoops {
  return {
    loopOf: ({ id }, quality) => demoLoopPath({ cacheDir: path.join(cacheFolder, 'demo-loops'), cameraId: id, quality }),
    isDrawn: existsSync,
  };
}
