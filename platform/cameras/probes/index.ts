export { type ProbeAsker, type ProbeFact } from './ports.ts';
export { createProbes, type Probes } from './probes.ts';
export { probeAnswers } from './routes.ts';
