import path from 'node:path';
import { type DemoLoops, demoLoopPath } from '../cameras/index.ts';
import { generateDemoCounty, type TypedRow } from '../directory/index.ts';
import type { Foundation } from '../foundation.ts';

/** The invented county as the foundation of a demo's record. Generating takes a while, so it is done once and only when asked. */
export function demoFoundation(scale: 'county' | 'prefecture'): Foundation {
  const demo = generateDemoCounty({ scale });
  const { id: countyId, name, nameEn, timeZone } = demo.county;
  const towns = demo.regions.filter(({ level }) => level === 'town');
  const town = towns.find((region) => region.name === '城关镇') ?? towns[0];
  return {
    county: { countyId, name, nameEn, timeZone },
    rows: (): readonly TypedRow[] => [
      ...demo.regions.map((row) => ({ kind: 'regions', row }) as const),
      ...demo.polygons.map((row) => ({ kind: 'polygons', row }) as const),
      ...demo.cameras.map((row) => ({ kind: 'cameras', row }) as const),
      ...demo.centers.map((row) => ({ kind: 'centers', row }) as const),
      ...demo.units.map((row) => ({ kind: 'units', row }) as const),
      ...demo.responders.map((row) => ({ kind: 'responders', row }) as const),
    ],
    demoTown: town?.id ?? null,
  };
}

/** Where the loops of the demo's cameras lie; the set-up draws them into the cache. */
export function demoLoops(cacheFolder: string): DemoLoops {
  return { loopOf: ({ id }, quality) => demoLoopPath({ cacheDir: path.join(cacheFolder, 'demo-loops'), cameraId: id, quality }) };
}
