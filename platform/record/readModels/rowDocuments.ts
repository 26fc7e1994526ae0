import type { RegisterChange } from './changes.ts';
import type { SearchDocument } from './search.ts';
import { tokensOf } from './tokens.ts';

/** A look with a reference (an incident's number, a drill) is found by it. Faults are found with their cameras. */
export function documentOfRow(change: RegisterChange): readonly SearchDocument[] {
  if (change.kind !== 'viewOpened' || change.row.purpose.reference === null) return [];
  const { seq, cameraId, purpose, deskId } = change.row;
  const reference = purpose.reference ?? '';
  const tokens = tokensOf({ texts: [], wholes: [reference, cameraId, deskId] });
  return [{ kind: 'looking', ref: String(seq), regionId: null, cameraId, title: reference, ...tokens }];
}
