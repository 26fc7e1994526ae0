import { type IncidentSeverity, incidentSeverity, type OpenIncident, timelinessOf } from '#contract/incidents/index.ts';
import type { IncidentId, RegionId } from '#contract/values/index.ts';
import { cursorStep } from '../directory/index.ts';

/** A block of the list with what it holds; `nearlyLate` of them will be late soon, so that the map's number can be found again. */
export type IncidentBlock = {
  readonly severity: IncidentSeverity;
  readonly incidents: readonly OpenIncident[];
  readonly late: number;
  readonly nearlyLate: number;
};

/** One line of the list as it is drawn. */
export type IncidentRow =
  | { readonly kind: 'block'; readonly block: IncidentBlock }
  | { readonly kind: 'incident'; readonly incident: OpenIncident };

const severities = ['critical', 'major', 'minor'] as const satisfies readonly IncidentSeverity[];
const urgencies = { critical: 0, urgent: 1, normal: 2 } as const satisfies Readonly<Record<OpenIncident['urgency'], number>>;

/** The open incidents of a region and all below it; null = of the whole territory, also those of a grid that nobody knows. */
export function incidentsIn(
  incidents: Iterable<OpenIncident>,
  { regionId, parents }: { regionId: RegionId | null; parents: ReadonlyMap<RegionId, RegionId> },
): readonly OpenIncident[] {
  if (regionId === null) return [...incidents];
  const isInside = (at: RegionId | undefined): boolean => at !== undefined && (at === regionId || isInside(parents.get(at)));
  return Array.from(incidents).filter((incident) => isInside(incident.regionId));
}

/** Blocks by severity, worst first; in each by urgency, then time left, then arrival (ux.md). Empty blocks are left out. */
export function incidentBlocks(incidents: readonly OpenIncident[], nowMs: number): readonly IncidentBlock[] {
  const bySeverity = Map.groupBy(incidents, (incident) => incidentSeverity(incident, nowMs));
  return severities.flatMap((severity) => {
    const own = bySeverity.get(severity);
    if (own === undefined) return [];
    const count = (wanted: 'late' | 'nearlyLate') => own.filter((incident) => timelinessOf(incident, nowMs) === wanted).length;
    return [{ severity, incidents: own.toSorted(worstFirst), late: count('late'), nearlyLate: count('nearlyLate') }];
  });
}

/** Lines of the list, each block under its head. */
export function incidentRows(blocks: readonly IncidentBlock[]): readonly IncidentRow[] {
  return blocks.flatMap((block): IncidentRow[] => [
    { kind: 'block', block },
    ...block.incidents.map((incident): IncidentRow => ({ kind: 'incident', incident })),
  ]);
}

/** Name of a line, stable over redraws. */
export function rowKey(row: IncidentRow): string {
  return row.kind === 'block' ? row.block.severity : row.incident.incidentId;
}

/** What is there now and not in the blocks that are held still: they wait behind a word until the pointer is gone. */
export function newcomers(held: readonly IncidentBlock[], live: readonly IncidentBlock[]): readonly OpenIncident[] {
  const shown = new Set(idsOf(held));
  return live.flatMap(({ incidents }) => incidents).filter(({ incidentId }) => !shown.has(incidentId));
}

/** The incidents of the list, top to bottom. */
export function idsOf(blocks: readonly IncidentBlock[]): readonly IncidentId[] {
  return blocks.flatMap(({ incidents }) => incidents.map(({ incidentId }) => incidentId));
}

/** Where a key brings the cursor; null = it is no key of the list, or there is nowhere to go. */
export function moveCursor(
  ids: readonly IncidentId[],
  { cursor, key, page }: { cursor: IncidentId | null; key: string; page: number },
): IncidentId | null {
  const to = cursorStep(key, { at: cursor === null ? -1 : ids.indexOf(cursor), count: ids.length, page });
  return to === null ? null : (ids[to] ?? null);
}

/** How much of the time that there was has gone, 0 to 1. */
export function usedShare({ reportedAtMs, dueAtMs }: Pick<OpenIncident, 'reportedAtMs' | 'dueAtMs'>, nowMs: number): number {
  if (dueAtMs <= reportedAtMs) return 1;
  return Math.max(0, Math.min(1, (nowMs - reportedAtMs) / (dueAtMs - reportedAtMs)));
}

function worstFirst(a: OpenIncident, b: OpenIncident): number {
  return (
    urgencies[a.urgency] - urgencies[b.urgency] ||
    a.dueAtMs - b.dueAtMs ||
    a.reportedAtMs - b.reportedAtMs ||
    (a.number < b.number ? -1 : 1)
  );
}
