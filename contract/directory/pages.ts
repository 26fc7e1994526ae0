import { z } from 'zod';
import { Camera } from '#contract/cameras/index.ts';
import { CountyId, Sha256Hex } from '#contract/values/index.ts';
import { Center, Region, RegionPolygon, Responder, Unit } from './schemas.ts';

/** What the directory holds, each fetched in pages. */
export const DirectoryKind = z.enum(['regions', 'polygons', 'cameras', 'centers', 'units', 'responders']);
export type DirectoryKind = z.infer<typeof DirectoryKind>;

const pageOf = <Kind extends DirectoryKind, Row extends z.ZodType>(kind: Kind, row: Row) =>
  z.strictObject({
    kind: z.literal(kind),
    /**
     * The revision that every row of the page belongs to; another one on the next page means: start again. It is per territory: for whoever may
     * read the whole county the number of `directory.imported`, for everybody else one that follows from the rows that he may see and from
     * nothing else (32 bits of their hash). Compared for equality, never for order.
     */
    revision: z.int().min(0),
    rows: z.array(row).max(1000),
    /** Where the next page starts, null on the last one. */
    nextOffset: z.int().min(0).nullable(),
  });

const respondersPage = pageOf('responders', Responder).extend({
  /**
   * Whose numbering the rows' `index` is: position frames name it as their `directoryRevision`. It follows from the rows that the asker may
   * see and from nothing else; 0 = there is nobody.
   */
  numbering: z.int().min(0).max(0xffff_ffff),
});

/** One page of the directory as seen by the asking session: rows of other territories are not in it and not counted by it. */
export const DirectoryPage = z.discriminatedUnion('kind', [
  pageOf('regions', Region),
  pageOf('polygons', RegionPolygon),
  pageOf('cameras', Camera),
  pageOf('centers', Center),
  pageOf('units', Unit),
  respondersPage,
]);
export type DirectoryPage = z.infer<typeof DirectoryPage>;

/** Counts of an import, by kind. */
export const DirectoryCounts = z.strictObject({
  regions: z.int().min(0),
  cameras: z.int().min(0),
  centers: z.int().min(0),
  units: z.int().min(0),
  responders: z.int().min(0),
});

/**
 * `directory.imported` v1: an import is one fact, for whoever may read the whole county; its rows are fetched over HTTP by revision. Who may see
 * less is told by the bus when his own rows changed (`DirectoryTold`): counts and hash of the whole say something of rows that are not his.
 * Older records have it in the `notice` feed, which everybody reads.
 */
export const DirectoryImported = z.strictObject({
  countyId: CountyId,
  revision: z.int().min(1),
  counts: DirectoryCounts,
  contentHash: Sha256Hex,
});
export type DirectoryImported = z.infer<typeof DirectoryImported>;

/** What a feed's fold knows of the directory: the newest revision that it tells of. */
export type DirectoryState = { readonly revision: number; readonly contentHash: string | null };

/** Before the first import. */
export const emptyDirectory: DirectoryState = { revision: 0, contentHash: null };

/** Folds `directory.imported`; an older revision than the known one changes nothing. */
export function evolveDirectory(state: DirectoryState, imported: DirectoryImported): DirectoryState {
  if (imported.revision <= state.revision) return state;
  return { revision: imported.revision, contentHash: imported.contentHash };
}
