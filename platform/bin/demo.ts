import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeRoadGraph, manifestFile, packFiles, PackManifest } from '#contract/map/index.ts';
import type { OpenIncident } from '#contract/incidents/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import { type DemoLoops, demoLoopPath } from '../cameras/index.ts';
import { type DemoScale, demoCountyProfile, demoSeed, generateDemoCounty, type TypedRow } from '../directory/index.ts';
import { seededRandomness } from '../demo/randomness.ts';
import type { Foundation } from '../foundation.ts';
import { startDemoIncidents } from '../incidents/index.ts';
import { nodeClock, nodeTimers } from '../nodePorts.ts';
import { createRoadWays, type OpenIntake, startDemoResponders, straightWays, type Ways } from '../responders/index.ts';

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

/** Moves the demo's responders along its roads and lets its matters come up; seeds are the county's, so that a demo begins alike everywhere. */
export function openDemoIntake(drawn: { cacheFolder: string; scale: DemoScale }): OpenIntake {
  return ({ report, incidents, directory }) => {
    const time = { clock: nodeClock, timers: nodeTimers };
    const seeded = (label: string) => seededRandomness({ seed: demoSeed, label });
    const goals = () => placesOfSent(incidents.open().values());
    const responders = startDemoResponders({ ...time, directory, report, goals, ways: waysOfDemo(drawn), random: seeded('positions') });
    const matters = startDemoIncidents({ ...time, directory, intake: incidents, random: seeded(`matters ${nodeClock.nowMs()}`) });
    return {
      close() {
        matters.close();
        responders.close();
      },
    };
  };
}

/** Whoever was sent to a matter goes to its place. */
function placesOfSent(open: Iterable<OpenIncident>): ReadonlyMap<string, LngLat> {
  return new Map(Array.from(open, ({ assignments = [], at }) => assignments.map(({ responderId }) => [responderId, at] as const)).flat());
}

/** The roads of the map that the set-up has drawn; without them everybody goes straight. */
function waysOfDemo(drawn: { cacheFolder: string; scale: DemoScale }): Ways {
  const shelf = demoPackShelf(drawn);
  try {
    const manifest = PackManifest.parse(JSON.parse(readFileSync(path.join(shelf, manifestFile), 'utf8')));
    const graph = decodeRoadGraph(readFileSync(path.join(shelf, manifest.contentHash, packFiles.roads)));
    return graph.ok ? createRoadWays(graph.value) : straightWays;
  } catch {
    return straightWays;
  }
}

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
