import type { RegionId } from '#contract/values/index.ts';
import type { OpenIncident } from './rules.ts';

/** How an incident's time stands: `nearlyLate` from 80 % of it on (the field's second warning), `late` when it is over. */
export type Timeliness = 'onTime' | 'nearlyLate' | 'late';

/** What is open in a grid, its own incidents only. `open` counts them all, the other numbers those of them. */
export type GridLoad = { readonly open: number; readonly nearlyLate: number; readonly late: number; readonly critical: number };

/** Warnings come at 50 % and 80 % of the time that there is; the map shows the second. */
const nearlyLateShare = 0.8;

/** How an incident's time stands at a moment of the platform's clock. */
export function timelinessOf({ reportedAtMs, dueAtMs }: Pick<OpenIncident, 'reportedAtMs' | 'dueAtMs'>, nowMs: number): Timeliness {
  if (nowMs >= dueAtMs) return 'late';
  return nowMs - reportedAtMs >= (dueAtMs - reportedAtMs) * nearlyLateShare ? 'nearlyLate' : 'onTime';
}

/**
 * How much an open incident asks for eyes, in the order of tokens.css: `critical` is very urgent or late, `major` urgent or nearly late. Map, list
 * and legend count by the same rule.
 */
export type IncidentSeverity = 'critical' | 'major' | 'minor';

/** The severity of an open incident at a moment of the platform's clock. */
export function incidentSeverity(incident: Pick<OpenIncident, 'urgency' | 'reportedAtMs' | 'dueAtMs'>, nowMs: number): IncidentSeverity {
  const timeliness = timelinessOf(incident, nowMs);
  if (incident.urgency === 'critical' || timeliness === 'late') return 'critical';
  return incident.urgency === 'urgent' || timeliness === 'nearlyLate' ? 'major' : 'minor';
}

/** Open load by grid; grids without any are not in it. */
export function loadByGrid(incidents: Iterable<OpenIncident>, nowMs: number): ReadonlyMap<RegionId, GridLoad> {
  const loads = new Map<RegionId, { open: number; nearlyLate: number; late: number; critical: number }>();
  for (const incident of incidents) {
    const load = loads.get(incident.regionId) ?? { open: 0, nearlyLate: 0, late: 0, critical: 0 };
    loads.set(incident.regionId, load);
    load.open += 1;
    if (incident.urgency === 'critical') load.critical += 1;
    const timeliness = timelinessOf(incident, nowMs);
    if (timeliness !== 'onTime') load[timeliness] += 1;
  }
  return loads;
}
