export { handleWhep } from './handleWhep.ts';
export { createWhepSessions } from './whepSessions.ts';
