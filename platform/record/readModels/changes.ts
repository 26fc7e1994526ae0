import type { AuditRow, FaultKind, FaultRow, LookingRow, ViewEnd } from '#contract/audit/index.ts';
import type { UnmovingWord } from '#contract/cameras/index.ts';
import type { Actor } from '#contract/record/index.ts';
import type { IncidentId, RegionId } from '#contract/values/index.ts';
import type { SearchDocument } from './search.ts';

/** What one fact does to the registers. Rows are named by their place in their feed, so that a rebuild gives the same rows. */
export type RegisterChange =
  | { readonly kind: 'viewOpened'; readonly row: LookingRow }
  /** Ends the oldest open view of that grant; nothing when there is none. */
  | { readonly kind: 'viewEnded'; readonly grantId: string; readonly atMs: number; readonly end: ViewEnd }
  /** Ends every open view. */
  | { readonly kind: 'viewsLost'; readonly atMs: number }
  | { readonly kind: 'noted'; readonly row: AuditRow }
  | { readonly kind: 'faultBegan'; readonly row: FaultRow }
  /** Ends what is open of that kind for that camera; nothing when there is none. */
  | {
      readonly kind: 'faultEnded';
      readonly cameraId: FaultRow['cameraId'];
      readonly of: FaultKind;
      readonly atMs: number;
      readonly actor: Actor;
    }
  /** An incident counts in its grid from then on; told again it changes its grid only. */
  | { readonly kind: 'incidentReported'; readonly incidentId: IncidentId; readonly regionId: RegionId; readonly atMs: number }
  | { readonly kind: 'incidentClosed'; readonly incidentId: IncidentId; readonly atMs: number }
  /** What somebody says of a picture that does not move; nothing when none is open for that camera. */
  | { readonly kind: 'unmovingJudged'; readonly cameraId: FaultRow['cameraId']; readonly word: UnmovingWord; readonly actor: Actor };

/** What a batch does to the read models, written in its transaction, in this order. */
export type ReadModelChange = {
  readonly registers: readonly RegisterChange[];
  /** Things that can be found, each in place of what was known of it. */
  readonly documents: readonly SearchDocument[];
};

/** Nothing. */
export const noChange: ReadModelChange = { registers: [], documents: [] };
