export { listEvidence, openEvidence, takeSnapshot } from './askEvidence.ts';
