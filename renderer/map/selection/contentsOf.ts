import type { Camera } from '#contract/cameras/index.ts';
import type { Center, Region } from '#contract/directory/index.ts';
import { type Inside, insideOf, type MapArea, type RingsOf } from '#contract/map/index.ts';
import type { OpenIncident } from '#contract/incidents/index.ts';
import type { PositionColumns } from '#contract/responders/index.ts';
import type { CameraId, CenterId, IncidentId, LngLat, RegionId } from '#contract/values/index.ts';

/** What can lie in an area: the territory as this window knows it now. */
export type SelectableThings = {
  readonly cameras: Iterable<Pick<Camera, 'id' | 'location' | 'regionId'>>;
  readonly regions: Iterable<Pick<Region, 'id' | 'level' | 'center'>>;
  readonly parents: ReadonlyMap<RegionId, RegionId>;
  readonly centers: Iterable<Pick<Center, 'id' | 'location' | 'regionId'>>;
  readonly incidents: Iterable<Pick<OpenIncident, 'incidentId' | 'at' | 'regionId'>>;
  readonly positions: Pick<PositionColumns, 'measuredAtMs' | 'lngLat'>;
  readonly ringsOf: RingsOf;
};

/** What lies in an area, by kind. Responders by their number in the directory. */
export type SelectionContents = {
  readonly cameras: readonly CameraId[];
  readonly responders: readonly number[];
  readonly centers: readonly CenterId[];
  readonly incidents: readonly IncidentId[];
  readonly grids: readonly RegionId[];
};

/** Kinds in the order in which they are told. */
export const selectedKinds = [
  'cameras',
  'responders',
  'centers',
  'incidents',
  'grids',
] as const satisfies readonly (keyof SelectionContents)[];
export type SelectedKind = (typeof selectedKinds)[number];

/**
 * What lies in an area now. Of a circle or a lasso whatever stands in it; of a region what belongs to it and to those below it, so that its
 * numbers are those of the lists, also for cameras without a place. People are where they are, in either case. A grid lies where its middle does.
 */
export function contentsOf(area: MapArea, things: SelectableThings): SelectionContents {
  const inside = insideOf(area, things.ringsOf);
  const holds = area.kind === 'region' ? belongingTo(area.regionId, things) : standingIn(inside);
  return {
    cameras: picked(things.cameras, ({ regionId, location }) => holds(regionId, location)).map(({ id }) => id),
    responders: respondersIn(inside, things.positions),
    centers: picked(things.centers, ({ regionId, location }) => holds(regionId, location)).map(({ id }) => id),
    incidents: picked(things.incidents, ({ regionId, at }) => holds(regionId, at)).map(({ incidentId }) => incidentId),
    grids: picked(things.regions, ({ id, level, center }) => level === 'grid' && holds(id, center)).map(({ id }) => id),
  };
}

/** Whether both name the same things, so that nothing need be drawn anew. */
export function isSameContents(a: SelectionContents | null, b: SelectionContents | null): boolean {
  if (a === null || b === null) return a === b;
  return selectedKinds.every((kind) => a[kind].length === b[kind].length && a[kind].every((id, index) => id === b[kind][index]));
}

type Holds = (regionId: RegionId, place: LngLat | null) => boolean;

function standingIn(inside: Inside): Holds {
  return (_, place) => place !== null && inside(place);
}

function belongingTo(root: RegionId, { parents }: Pick<SelectableThings, 'parents'>): Holds {
  const known = new Map<RegionId, boolean>([[root, true]]);
  const belongs = (regionId: RegionId): boolean => {
    const before = known.get(regionId);
    if (before !== undefined) return before;
    const parent = parents.get(regionId);
    const answer = parent !== undefined && belongs(parent);
    known.set(regionId, answer);
    return answer;
  };
  return belongs;
}

function respondersIn(inside: Inside, { measuredAtMs, lngLat }: SelectableThings['positions']): number[] {
  const found: number[] = [];
  for (let index = 0; index < measuredAtMs.length; index += 1) {
    if (measuredAtMs[index] === 0) continue;
    if (inside([lngLat[2 * index] ?? 0, lngLat[2 * index + 1] ?? 0])) found.push(index);
  }
  return found;
}

function picked<Thing>(things: Iterable<Thing>, isIn: (thing: Thing) => boolean): Thing[] {
  const found: Thing[] = [];
  for (const thing of things) if (isIn(thing)) found.push(thing);
  return found;
}
