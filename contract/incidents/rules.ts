import { z } from 'zod';
import { EpochMs, IncidentId, LngLat, RegionId } from '#contract/values/index.ts';

/** 紧急程度 of a matter: sets its clocks. Never the level (事件分级), which somebody with the power declares. */
export const Urgency = z.enum(['critical', 'urgent', 'normal']);
export type Urgency = z.infer<typeof Urgency>;

/** What kind of matter it is: a code that is data of the county; its words are the county's too. */
export const IncidentKind = z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/);

/** Where an incident counts: the grid it lies in, and the feeds of those who answer for it. */
const territory = { regionId: RegionId, townId: RegionId.nullable(), villageId: RegionId.nullable() };

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
});
export type OpenIncident = z.infer<typeof OpenIncident>;

/** Payloads of the incident facts (all v1): 采集上报 and 结案, the first and the last step of the lifecycle (field.md). */
export const incidentFacts = {
  'incidents.reported': OpenIncident,
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
    if ((before?.version ?? 0) >= payload.version || (type === 'incidents.closed' && before === undefined)) continue;
    copy ??= new Map(state);
    switch (type) {
      case 'incidents.reported':
        copy.set(payload.incidentId, payload);
        break;
      case 'incidents.closed':
        copy.delete(payload.incidentId);
        break;
    }
  }
  return copy ?? state;
}

/** Folds one incident fact. */
export function evolveIncidents(state: IncidentsState, fact: IncidentFact): IncidentsState {
  return evolveIncidentsAll(state, [fact]);
}

/** The fact that closes an open incident. */
export function closingOf({ incidentId, version, regionId, townId, villageId }: OpenIncident): IncidentFactDraft {
  return { type: 'incidents.closed', payload: { incidentId, version: version + 1, regionId, townId, villageId } };
}
