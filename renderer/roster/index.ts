/** The page on a leader's phone, served by the platform at /roster/: what waits for his yes or no. */
export { createRosterDesk } from './rosterDesk.ts';
export { RosterPage } from './RosterPage.tsx';
export { createRosterPages } from './rosterPages.ts';
