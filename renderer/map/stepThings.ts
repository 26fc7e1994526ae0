import { incidentSeverity, type IncidentsState } from '#contract/incidents/index.ts';
import type { MapLayerName, MapThing } from './engine/index.ts';
import type { SelectionContents } from './selection/index.ts';

const severities = { critical: 0, major: 1, minor: 2 } as const;

/**
 * The things of a part of the map in the order in which a key goes through them: incidents with the worst first, centers, cameras, people; of the
 * layers that are shown, so that switching the others off leaves one kind. Areas have keys of their own.
 */
export function thingsInTurn(
  contents: SelectionContents,
  { shown, incidents, nowMs }: { shown: Readonly<Record<MapLayerName, boolean>>; incidents: IncidentsState; nowMs: number },
): readonly MapThing[] {
  const rank = (id: SelectionContents['incidents'][number]) => {
    const incident = incidents.get(id);
    return incident === undefined ? severities.minor : severities[incidentSeverity(incident, nowMs)];
  };
  return [
    ...(shown.incidents ? contents.incidents.toSorted((a, b) => rank(a) - rank(b)) : []).map(
      (incidentId): MapThing => ({ kind: 'incident', incidentId }),
    ),
    ...(shown.centers ? contents.centers : []).map((centerId): MapThing => ({ kind: 'center', centerId })),
    ...(shown.cameras ? contents.cameras : []).map((cameraId): MapThing => ({ kind: 'camera', cameraId })),
    ...(shown.responders ? contents.responders : []).map((index): MapThing => ({ kind: 'responder', index })),
  ];
}

/** The thing after or before the chosen one, around the end to the beginning; the first or last where none of them is chosen. Null = there is none. */
export function stepThing(
  things: readonly MapThing[],
  { chosen, to }: { chosen: MapThing | null; to: 'next' | 'before' },
): MapThing | null {
  const key = JSON.stringify(chosen);
  const at = things.findIndex((thing) => JSON.stringify(thing) === key);
  if (at < 0) return (to === 'next' ? things[0] : things.at(-1)) ?? null;
  return things[(at + (to === 'next' ? 1 : -1) + things.length) % things.length] ?? null;
}
