import { incidentSeverity, type OpenIncident } from '#contract/incidents/index.ts';
import type { PointMark } from './engine/index.ts';

/** How an open incident is drawn: what is urgent or late is a triangle, what soon will be a diamond, the rest a small square. */
export function incidentMark(incident: OpenIncident, nowMs: number): PointMark {
  const { incidentId: id, at } = incident;
  const place = [at[0], at[1]] as const;
  const tone = incidentSeverity(incident, nowMs);
  switch (tone) {
    case 'critical':
      return { id, place, shape: 'triangle', tone, sizePx: 9 };
    case 'major':
      return { id, place, shape: 'diamond', tone, sizePx: 7 };
    case 'minor':
      return { id, place, shape: 'square', tone, sizePx: 4.5 };
  }
}

/** The open incidents as signs, what is worst on top. */
export function incidentMarks(incidents: Iterable<OpenIncident>, nowMs: number): readonly PointMark[] {
  const rank = { square: 0, diamond: 1, triangle: 2 } as Readonly<Record<string, number>>;
  return Array.from(incidents, (incident) => incidentMark(incident, nowMs)).toSorted((a, b) => (rank[a.shape] ?? 0) - (rank[b.shape] ?? 0));
}
