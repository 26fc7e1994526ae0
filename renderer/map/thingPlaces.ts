import type { Center, Responder } from '#contract/directory/index.ts';
import type { OpenIncident } from '#contract/incidents/index.ts';
import type { ResponderPosition } from '#contract/responders/index.ts';
import type { CenterId, IncidentId, LngLat, RegionId } from '#contract/values/index.ts';
import type { DirectoryCopy } from '../directory/index.ts';
import type { MapThing } from './engine/index.ts';

/** What the window knows of things, each null or undefined while it does not. */
export type KnownThings = {
  readonly directory: () => DirectoryCopy | null;
  readonly incident: (id: IncidentId) => OpenIncident | undefined;
  readonly center: (id: CenterId) => Center | undefined;
  readonly responder: (index: number) => Responder | undefined;
  readonly position: (index: number) => ResponderPosition | null;
};

/** Where a thing is now; null where nobody knows. */
export function placeOfThing(thing: MapThing, known: KnownThings): LngLat | null {
  switch (thing.kind) {
    case 'region':
      return known.directory()?.regions.get(thing.regionId)?.center ?? null;
    case 'camera':
      return known.directory()?.cameras.get(thing.cameraId)?.location ?? null;
    case 'incident':
      return known.incident(thing.incidentId)?.at ?? null;
    case 'center':
      return known.center(thing.centerId)?.location ?? null;
    case 'responder': {
      const position = known.position(thing.index);
      return position === null ? null : [position.lng, position.lat];
    }
    case 'group':
      return [thing.place[0], thing.place[1]];
  }
}

/** The smallest region that a thing belongs to; null where that is not known. */
export function regionOfThing(thing: MapThing, known: KnownThings): RegionId | null {
  switch (thing.kind) {
    case 'region':
      return thing.regionId;
    case 'camera':
      return known.directory()?.cameras.get(thing.cameraId)?.regionId ?? null;
    case 'incident':
      return known.incident(thing.incidentId)?.regionId ?? null;
    case 'center':
      return known.center(thing.centerId)?.regionId ?? null;
    case 'responder':
      return known.responder(thing.index)?.regionId ?? null;
    case 'group':
      return null;
  }
}
