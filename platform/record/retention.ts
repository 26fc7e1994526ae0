import { factsPerSnapshot } from './snapshots.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** How long the rows of a table last. */
export type Retention =
  /** For ever; `because` says what would be lost. */
  | { readonly kind: 'forEver'; readonly because: string }
  /** The newest state of something, replaced in place. */
  | { readonly kind: 'current' }
  /** Dropped when they are older. */
  | { readonly kind: 'days'; readonly days: number }
  /** Thinned out with age: see `keptSnapshots`. */
  | { readonly kind: 'thinned' }
  /** Until somebody with the right erases it. */
  | { readonly kind: 'untilErased' };

/**
 * What becomes of every table of the record, in one place; a table without a line here is a red test. Positions of responders and media
 * grants are in no table: they live in memory and end with the process.
 */
export const retentionOf: Readonly<Record<string, Retention>> = {
  facts: { kind: 'forEver', because: 'they are the record' },
  feeds: { kind: 'current' },
  feed_index: { kind: 'forEver', because: 'the hash chains' },
  epoch_starts: { kind: 'forEver', because: 'where chains go on after a restore' },
  snapshots: { kind: 'thinned' },
  receipts: { kind: 'days', days: 7 },
  desk_seq: { kind: 'current' },
  meta: { kind: 'current' },
  directory_rows: { kind: 'current' },
  directory_revisions: { kind: 'forEver', because: 'a few bytes for each import' },
  camera_sources: { kind: 'current' },
  people: { kind: 'current' },
  sessions: { kind: 'current' },
  devices: { kind: 'current' },
  looking_register: { kind: 'forEver', because: 'who looked where is asked for years later; it is folded from facts' },
  audit_register: { kind: 'forEver', because: 'folded from facts' },
  fault_register: { kind: 'forEver', because: 'folded from facts' },
  incident_spans: { kind: 'forEver', because: 'what was open at this hour of past weeks; folded from facts' },
  search_documents: { kind: 'current' },
  search_tokens: { kind: 'current' },
  particulars: { kind: 'untilErased' },
};

/** Receipts are kept this long (protocol.md, "Writing"). */
export const receiptLifetimeMs = 7 * dayMs;

/** Where a snapshot is, without its state. */
export type SnapshotPlace = { readonly feed: string; readonly epoch: string; readonly seq: number; readonly atMs: number };

/** Snapshots that always stay: of each feed so many of the newest, one of each day for so long, and one of each month before. */
export const keptSnapshots = { newest: 3, dailyForDays: 30 } as const;

/**
 * Which snapshots may go. Days and months are UTC's: what matters is how far apart they are. The newest of each day or month stays, of
 * each epoch for itself: a moment before a restore is folded in the epoch that it belongs to. Where a month brings many facts more stay,
 * so that a look back never folds more than `factsPerSnapshot` (protocol.md, "Facts and feeds").
 */
export function snapshotsToDrop<Place extends SnapshotPlace>({
  places,
  nowMs,
}: {
  places: readonly Place[];
  nowMs: number;
}): readonly Place[] {
  const feeds = Map.groupBy(places, ({ feed, epoch }) => JSON.stringify([feed, epoch]));
  return [...feeds.values()].flatMap((own) => {
    const newestFirst = own.toSorted((a, b) => b.seq - a.seq);
    const kept = new Set(newestFirst.slice(0, keptSnapshots.newest));
    // Whole days move on together: which of a day's snapshots stays does not change when the day becomes part of its month.
    const ageDays = (atMs: number) => Math.floor(nowMs / dayMs) - Math.floor(atMs / dayMs);
    const spanOf = (atMs: number) => new Date(atMs).toISOString().slice(0, ageDays(atMs) <= keptSnapshots.dailyForDays ? 10 : 7);
    const spans = Map.groupBy(newestFirst, ({ atMs }) => spanOf(atMs));
    for (const [newest] of spans.values()) if (newest !== undefined) kept.add(newest);
    keepBridges({ ascending: newestFirst.toReversed(), kept });
    return newestFirst.filter((place) => !kept.has(place));
  });
}

function keepBridges<Place extends SnapshotPlace>({ ascending, kept }: { ascending: readonly Place[]; kept: Set<Place> }): void {
  // The epoch begins at most so many facts before its first snapshot.
  let last = Math.max(0, (ascending[0]?.seq ?? 0) - factsPerSnapshot);
  for (const [index, place] of ascending.entries()) {
    const next = ascending[index + 1];
    if (next !== undefined && next.seq - last > factsPerSnapshot) kept.add(place);
    if (kept.has(place)) last = place.seq;
  }
}
