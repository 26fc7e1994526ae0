export { loadHistoryAnswers } from './historyRoutes.ts';
export { startDemoIncidents } from './demo/index.ts';
export { type IncidentIntake, openIncidentIntake } from './intake.ts';
