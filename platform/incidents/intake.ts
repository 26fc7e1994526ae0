import {
  type Assignment,
  closingOf,
  dispatchingOf,
  type IncidentFactDraft,
  type IncidentsState,
  type OpenIncident,
} from '#contract/incidents/index.ts';
import { type Actor, countyFeed } from '#contract/record/index.ts';
import { type CountyId, granted, type IncidentId, type Result } from '#contract/values/index.ts';
import type { FactDraft, RecordView, Writer } from '../record/index.ts';

/** Where incidents come in, as far as a map needs them. */
export type IncidentIntake = {
  /** What is open now, as the county's feed has it. */
  open(): IncidentsState;
  /** Puts an incident on the record; one that is known already is not told twice. Refused when the record takes nothing. */
  report(incident: OpenIncident): Promise<Result<number>>;
  /** Sends a responder to one that is open; nothing happens when it is not, or he is sent to it in this role already. */
  dispatch(incidentId: IncidentId, assignment: Assignment): Promise<Result<number>>;
  /** Closes one that is open; nothing happens when it is not. */
  close(incidentId: IncidentId): Promise<Result<number>>;
};

/** Opens the intake over the record's one writer. */
export function openIncidentIntake({
  writer,
  view,
  countyId,
}: {
  writer: Pick<Writer, 'submit'>;
  view: RecordView;
  countyId: CountyId;
}): IncidentIntake {
  const feed = countyFeed(countyId);
  const tell = (decide: (open: IncidentsState) => readonly IncidentFactDraft[]) =>
    writer.submit({
      key: null,
      actor: 'system/intake' as Actor,
      decide: (state) => granted({ facts: decide(state.stateOf(feed).incidents).map(toDraft) }),
    });
  return {
    open: () => view.stateOf(feed).incidents,
    report: (incident) => tell((open) => (open.has(incident.incidentId) ? [] : [{ type: 'incidents.reported', payload: incident }])),
    dispatch: (incidentId, assignment) =>
      tell((open) => {
        const known = open.get(incidentId);
        const fact = known === undefined ? null : dispatchingOf(known, assignment);
        return fact === null ? [] : [fact];
      }),
    close: (incidentId) =>
      tell((open) => {
        const known = open.get(incidentId);
        return known === undefined ? [] : [closingOf(known)];
      }),
  };
}

function toDraft(fact: IncidentFactDraft): FactDraft {
  return { ...fact, subject: `incident/${fact.payload.incidentId}` };
}
