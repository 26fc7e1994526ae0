/** Open incidents as an operator reads them: the list, and the order in which they ask for eyes. */
export { IncidentSign } from './IncidentSign.tsx';
export { IncidentLine } from './IncidentLine.tsx';
export { IncidentList } from './IncidentList.tsx';
export { incidentBlocks, incidentsIn } from './incidentRows.ts';
