import { expect, test } from 'vitest';
import type { Camera } from '#contract/cameras/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import type { DirectoryCopy } from '../directory/index.ts';
import type { MapThing } from '../map/index.ts';
import { camerasFor } from './camerasFor.ts';

const here: LngLat = [108, 33];
const camera = (id: string, east: number | null, streams = 1) =>
  ({ id, location: east === null ? null : [108 + east / 1000, 33], streams: Array.from({ length: streams }) }) as unknown as Camera;

const all = [
  camera('far', 9),
  camera('c', 3),
  camera('a', 1),
  camera('unconnected', 0, 0),
  camera('nowhere', null),
  camera('b', -2),
  camera('d', 4),
];
const village = {
  region: { id: 'v' },
  children: [{ region: { id: 'g' }, children: [], cameras: all.slice(3, 6) }],
  cameras: all.slice(0, 1),
};
const directory = {
  cameras: new Map(all.map((each) => [each.id, each])),
  tree: { roots: [village], parents: new Map([['g', 'v']]) },
} as unknown as DirectoryCopy;
const bring = (thing: MapThing, place: LngLat | null = here) => camerasFor(thing, { directory, placeOf: () => place });

test('an incident and a person bring the four connected cameras nearest to them, a camera itself', () => {
  const [incident, responder] = [{ kind: 'incident', incidentId: 'i' } as MapThing, { kind: 'responder', index: 3 } as MapThing];
  expect([bring(incident), bring(responder), bring({ kind: 'camera', cameraId: 'far' } as MapThing)]).toEqual([
    ['a', 'b', 'c', 'd'],
    ['a', 'b', 'c', 'd'],
    ['far'],
  ]);
});

test('a region brings its own connected cameras, also one without a place; one that is not known brings none', () => {
  expect([bring({ kind: 'region', regionId: 'v' } as MapThing), bring({ kind: 'region', regionId: 'x' } as MapThing)]).toEqual([
    ['nowhere', 'b', 'far'],
    [],
  ]);
});

test('what nobody knows the place of brings nothing, and so does everything before the directory is here', () => {
  const incident = { kind: 'incident', incidentId: 'i' } as MapThing;
  expect([bring(incident, null), camerasFor(incident, { directory: null, placeOf: () => here })]).toEqual([[], []]);
});
