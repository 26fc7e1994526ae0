import type { Batch } from '../record/index.ts';

const ends = new Set(['audit.viewClosed', 'audit.viewsLost', 'audit.loggedOut', 'audit.sessionEnded', 'evidence.erased']);

/** Whether a batch is nothing but ends: what is over already must be written even when the disk is full. */
export function isEndOnly({ facts, receipts, settled, directory, access = [] }: Batch): boolean {
  if (receipts.length + settled.length > 0 || directory !== null) return false;
  const isEnding = access.every(({ people, sessions, devices }) => people === undefined && sessions === undefined && devices === undefined);
  return isEnding && facts.every(({ fact }) => ends.has(fact.type));
}
