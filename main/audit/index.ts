/** What this workstation keeps so that others cannot rewrite the platform's past: the heads that it signed. */
export { createHeadsKeeper } from './headsKeeper.ts';
