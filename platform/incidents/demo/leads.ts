import { groundDistanceM } from '#contract/map/index.ts';
import type { OpenIncident } from '#contract/incidents/index.ts';
import type { IncidentId, ResponderId } from '#contract/values/index.ts';
import { regionAbove } from '#platform/demo/regionAbove.ts';
import type { Directory } from '../../directory/index.ts';

/** Whom a center would send: of the incident's village, else of its town, whoever is free and has the nearest grid. */
export function findLeads({
  incidents,
  directory,
  busy,
}: {
  incidents: readonly OpenIncident[];
  directory: Pick<Directory, 'rows' | 'regionPath' | 'region'>;
  busy: ReadonlySet<ResponderId>;
}): readonly { readonly incidentId: IncidentId; readonly responderId: ResponderId }[] {
  if (incidents.length === 0) return [];
  const taken = new Set(busy);
  const people = directory.rows('responders').map(({ id, regionId }) => ({
    id,
    place: directory.region(regionId)?.center ?? null,
    village: regionAbove(directory, { regionId, level: 'village' }),
    town: regionAbove(directory, { regionId, level: 'town' }),
  }));
  return incidents.flatMap(({ incidentId, at, villageId, townId }) => {
    const free = people.filter(({ id, place }) => place !== null && !taken.has(id));
    const ofVillage = free.filter(({ village }) => village !== null && village === villageId);
    const candidates = ofVillage.length > 0 ? ofVillage : free.filter(({ town }) => town !== null && town === townId);
    const [nearest] = candidates.toSorted((a, b) => groundDistanceM(a.place ?? at, at) - groundDistanceM(b.place ?? at, at));
    if (nearest === undefined) return [];
    taken.add(nearest.id);
    return [{ incidentId, responderId: nearest.id }];
  });
}
