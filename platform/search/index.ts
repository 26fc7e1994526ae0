export { directoryDocuments } from './directoryDocuments.ts';
export { searchAnswers } from './searchRoutes.ts';
