/** Incidents as far as the map shows them: `room.incidents` of a window is folded from these facts; `loadByGrid` makes a grid's load of them. */
export { historyWeeks, LoadHistory, sameHours, silenceOf, silentAfterMs } from './history.ts';
export { type GridLoad, type IncidentSeverity, incidentSeverity, loadByGrid, type Timeliness, timelinessOf } from './load.ts';
export {
  type Assignment,
  closingOf,
  dispatchingOf,
  evolveIncidents,
  evolveIncidentsAll,
  type IncidentFact,
  type IncidentFactDraft,
  incidentFacts,
  IncidentKind,
  type IncidentsState,
  OpenIncident,
  Urgency,
} from './rules.ts';
