import type { AuditRow, FaultKind, FaultRow, LookingRow } from '#contract/audit/index.ts';
import type { CameraId, PersonId, RegionId } from '#contract/values/index.ts';
import type { LoadHistory } from '#contract/incidents/index.ts';
import type { ReadModelChange } from './changes.ts';
import type { SearchAsked, SearchFound } from './search.ts';

/** From `fromMs` (including) to `untilMs` (excluding), epoch ms; null = without end. An interval counts when any of it lies inside. */
export type Span = { readonly fromMs: number | null; readonly untilMs: number | null };

/** One page of a register, newest first: rows with a smaller `seq` than `beforeSeq`. New rows never move a page. */
export type PageAsked<Filter> = { readonly filter: Filter; readonly beforeSeq: number | null; readonly limit: number };

/**
 * One page of faults: beginnings at `atMs` or earlier, without the first `skip` of them. Not by `seq`, which counts the facts of the whole
 * county and would tell a town of those of others.
 */
export type FaultsAsked = {
  readonly filter: FaultFilter;
  readonly from: { readonly atMs: number; readonly skip: number } | null;
  readonly limit: number;
};

/** Every filter that is not null must hold. `below`: the camera lies in one of these regions or under it. */
export type LookingFilter = Span & {
  readonly personId: PersonId | null;
  readonly cameraIds: readonly CameraId[] | null;
  readonly below: readonly RegionId[] | null;
  readonly purpose: LookingRow['purpose']['kind'] | null;
  readonly standing: 'open' | 'ended' | null;
};
/** `personId`: who did it or to whom it was done. */
export type AuditFilter = Span & { readonly personId: PersonId | null; readonly types: readonly string[] | null };
/** `territory`: what the asker may read; a camera outside it is as if it were not. */
export type FaultFilter = Span & {
  readonly territory: readonly RegionId[];
  readonly cameraIds: readonly CameraId[] | null;
  readonly below: readonly RegionId[] | null;
  readonly kind: FaultKind | null;
  readonly standing: 'open' | 'ended' | null;
};

/** What was open at these moments, and which grids have reported lately; of the regions at or under `territory`. */
export type LoadsAsked = {
  readonly territory: readonly RegionId[];
  readonly instants: readonly number[];
  readonly reportedAfterMs: number;
};
/** `openThen` is summed over the instants. */
export type LoadRow = LoadHistory['grids'][number];

/** Rows of a page, and how many match in all, counted up to `countLimit`. */
export type RegisterRows<Row> = { readonly rows: readonly Row[]; readonly count: number };
/** Counting stops here: nobody reads so many pages, and a count of a year's rows costs more than the page. */
export const countLimit = 10_000;

/**
 * What is worked out from the record and can be worked out again: registers and search. Written by `commit` with the facts they follow
 * from; part of the port RecordStore.
 */
export type ReadModelStore = {
  readLooking(asked: PageAsked<LookingFilter>): Promise<RegisterRows<LookingRow>>;
  readAudit(asked: PageAsked<AuditFilter>): Promise<RegisterRows<AuditRow>>;
  /** Latest beginning first, among equal ones the earlier recorded; from `from` on. */
  readFaults(asked: FaultsAsked): Promise<RegisterRows<FaultRow>>;
  /** When the first incident on the record was reported; null = none. */
  firstReportAtMs(): Promise<number | null>;
  /** One row per grid of which there is anything to say. */
  readLoads(asked: LoadsAsked): Promise<readonly LoadRow[]>;
  /** At most `limit` things that have every term, in turn of each kind, shorter titles first. */
  search(asked: SearchAsked): Promise<readonly SearchFound[]>;

  /** Which version of the projection the kept rows are of; null = none, or a rebuild that did not end. */
  readModelVersion(): Promise<string | null>;
  /** Forgets all rows of all read models, and their version. */
  dropReadModels(): Promise<void>;
  /** Adds what facts that are already recorded have done; for a rebuild. */
  addToReadModels(change: ReadModelChange): Promise<void>;
  /** Says that the rows are whole and of this version. */
  keepReadModels(version: string): Promise<void>;
};
