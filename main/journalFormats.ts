import { type JournalFormat, sinceUnnamed } from './storage/index.ts';

/**
 * The formats of the desk's journals. A record that changes its shape in a way that this program could not read any more gets a lift at
 * the end of its list, and an example of the version before in the tests.
 */
export const journalFormats = {
  wall: { name: 'wall', lifts: [sinceUnnamed] },
  outbox: { name: 'outbox', lifts: [sinceUnnamed] },
  done: { name: 'done', lifts: [sinceUnnamed] },
} as const satisfies Readonly<Record<string, JournalFormat>>;
