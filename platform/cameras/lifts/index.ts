export { createLifts, type Lifts } from './lifts.ts';
export type { Leader, LiftAsker, LiftFact } from './ports.ts';
export { liftAnswers } from './routes.ts';
