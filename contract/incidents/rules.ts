import { z } from 'zod';
import { EpochMs, IncidentId, LngLat, RegionId, ResponderId } from '#contract/values/index.ts';

/** 紧急程度 of a matter: sets its clocks. Never the level (事件分级), which somebody with the power declares. */
export const Urgency = z.enum(['critical', 'urgent', 'normal']);
export type Urgency = z.infer<typeof Urgency>;

/** What kind of matter it is: a code that is data of the county; its words are the county's too. */
export const IncidentKind = z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/);

/** Where an incident counts: the grid it lies in, and the feeds of those who answer for it. */
const territory = { regionId: RegionId, townId: RegionId.nullable(), villageId: RegionId.nullable() };

/** An incident given to a responder (派遣): as 主办, who answers for it, or as 协办. So far no more than a map shows of it. */
export const Assignment = z.strictObject({ responderId: ResponderId, role: z.enum(['lead', 'assist']) });
export type Assignment = z.infer<typeof Assignment>;

/** So many people are sent to one incident at the most; whoever wants more sends a unit. */
const assignmentsAtMost = 20;

/**
 * An incident that is not closed yet. So far no more than what a map shows: where, what, how urgent, and by when it is to be done. `number` is
 * what people call it by; `reportedAtMs` the time that its source says.
 */
export const OpenIncident = z.strictObject({
  incidentId: IncidentId,
  version: z.int().min(1),
  number: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,31}$/),
  at: LngLat,
  ...territory,
  kind: IncidentKind,
  urgency: Urgency,
  reportedAtMs: EpochMs,
  dueAtMs: EpochMs,
  /** Who was sent, the lead first; absent = nobody yet. An assignment runs until the incident is closed. */
  assignments: z.array(Assignment).max(assignmentsAtMost).optional(),
});
export type OpenIncident = z.infer<typeof OpenIncident>;

/** Payloads of the incident facts (all v1): 采集上报, 派遣 and 结案, of the lifecycle (field.md) what a map shows. */
export const incidentFacts = {
  'incidents.reported': OpenIncident,
  'incidents.dispatched': z.strictObject({ incidentId: IncidentId, version: z.int().min(1), ...territory, ...Assignment.shape }),
  'incidents.closed': z.strictObject({ incidentId: IncidentId, version: z.int().min(1), ...territory }),
} as const;

/** An incident fact with its parsed payload and when the platform recorded it. */
export type IncidentFact = {
  [Type in keyof typeof incidentFacts]: { type: Type; atMs: number; payload: z.infer<(typeof incidentFacts)[Type]> };
}[keyof typeof incidentFacts];

/** What deciding tells: the fact's type and payload; envelope and time are the record's. */
export type IncidentFactDraft = {
  [Type in keyof typeof incidentFacts]: { type: Type; payload: z.infer<(typeof incidentFacts)[Type]> };
}[keyof typeof incidentFacts];

/** The incidents that are open. One that is closed is not kept: the record has it. */
export type IncidentsState = ReadonlyMap<IncidentId, OpenIncident>;

/** Folds many incident facts in order, with one copy for all of them. What is known already changes nothing. */
export function evolveIncidentsAll(state: IncidentsState, facts: readonly IncidentFact[]): IncidentsState {
  let copy: Map<IncidentId, OpenIncident> | null = null;
  for (const { type, payload } of facts) {
    const before = (copy ?? state).get(payload.incidentId);
    if ((before?.version ?? 0) >= payload.version || (type !== 'incidents.reported' && before === undefined)) continue;
    copy ??= new Map(state);
    switch (type) {
      case 'incidents.reported':
        copy.set(payload.incidentId, payload);
        break;
      case 'incidents.dispatched':
        if (before !== undefined) copy.set(payload.incidentId, withAssignment(before, payload));
        break;
      case 'incidents.closed':
        copy.delete(payload.incidentId);
        break;
    }
  }
  return copy ?? state;
}

/** One that was sent again has the newer role alone; a new lead takes the place of the one before. */
function withAssignment(incident: OpenIncident, { version, responderId, role }: Assignment & { version: number }): OpenIncident {
  const others = (incident.assignments ?? []).filter(
    (known) => known.responderId !== responderId && (role !== 'lead' || known.role !== 'lead'),
  );
  const own = { responderId, role };
  return { ...incident, version, assignments: role === 'lead' ? [own, ...others] : [...others, own] };
}

/** Folds one incident fact. */
export function evolveIncidents(state: IncidentsState, fact: IncidentFact): IncidentsState {
  return evolveIncidentsAll(state, [fact]);
}

/** The fact that sends a responder to an open incident; null where he is sent in this role already, or no more can be. */
export function dispatchingOf(incident: OpenIncident, { responderId, role }: Assignment): IncidentFactDraft | null {
  const { incidentId, version, regionId, townId, villageId, assignments = [] } = incident;
  const isKnown = assignments.some((known) => known.responderId === responderId && known.role === role);
  if (isKnown || assignments.length >= assignmentsAtMost) return null;
  return { type: 'incidents.dispatched', payload: { incidentId, version: version + 1, regionId, townId, villageId, responderId, role } };
}

/** The fact that closes an open incident. */
export function closingOf({ incidentId, version, regionId, townId, villageId }: OpenIncident): IncidentFactDraft {
  return { type: 'incidents.closed', payload: { incidentId, version: version + 1, regionId, townId, villageId } };
}
