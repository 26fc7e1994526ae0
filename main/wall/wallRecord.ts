import { z } from 'zod';
import { CommandId, DeskId, EpochMs, PersonId } from '#contract/values/index.ts';
import { DisplayKey, evolveWall, type WallFact, WallState, wallFacts } from '#contract/wall/index.ts';

/** A wall fact as its owner keeps it: not yet bound to a county and a desk, because a wall works before it was ever enrolled. */
export const WallEntry = z.strictObject({
  kind: z.literal('fact'),
  /** Counts this desk's wall facts from 1 for ever (contract/bus ShipDeskFacts). */
  seq: z.int().min(1),
  type: z.enum(Object.keys(wallFacts) as [keyof typeof wallFacts]),
  atMs: EpochMs,
  /** Null = the workstation itself. */
  personId: PersonId.nullable(),
  commandId: CommandId.nullable(),
  /** The exact JSON text that is shipped and hashed. */
  payload: z.string(),
});
export type WallEntry = z.infer<typeof WallEntry>;

/** One line of the wall journal. */
export const WallRecord = z.discriminatedUnion('kind', [
  /** What all entries up to `seq` folded to; the first line after a compaction. */
  z.strictObject({ kind: z.literal('base'), seq: z.int().min(0), state: WallState }),
  WallEntry,
  /** The platform has everything up to here. Only a hint: it says so again at each connection. */
  z.strictObject({ kind: z.literal('shipped'), seq: z.int().min(0) }),
  /** Which desk the entries are numbered for. */
  z.strictObject({ kind: z.literal('desk'), deskId: DeskId }),
  /** This Display's scene was filled once; it is never filled again, also when somebody clears it. */
  z.strictObject({ kind: z.literal('filled'), displayKey: DisplayKey }),
]);
export type WallRecord = z.infer<typeof WallRecord>;

/** The journal folded: the scene, and what shipping needs. */
export type WallJournal = {
  readonly base: Extract<WallRecord, { kind: 'base' }>;
  readonly entries: readonly WallEntry[];
  readonly state: WallState;
  readonly shippedSeq: number;
  readonly deskId: DeskId | null;
  readonly filled: ReadonlySet<DisplayKey>;
};

/** Settled entries that are kept: a platform whose record was set back a little asks for them again. */
export const keptEntries = 2_000;

/** Before the first record. */
export const emptyJournal: WallJournal = {
  base: { kind: 'base', seq: 0, state: { version: 0, displays: [] } },
  entries: [],
  state: { version: 0, displays: [] },
  shippedSeq: 0,
  deskId: null,
  filled: new Set(),
};

/** Folds one record. */
export function foldWallJournal(journal: WallJournal, record: WallRecord): WallJournal {
  switch (record.kind) {
    case 'base':
      return { ...journal, base: record, entries: [], state: record.state };
    case 'fact':
      return { ...journal, entries: [...journal.entries, record], state: evolveWall(journal.state, factOf(record)) };
    case 'shipped':
      return { ...journal, shippedSeq: record.seq };
    case 'desk':
      return { ...journal, deskId: record.deskId };
    case 'filled':
      return { ...journal, filled: new Set([...journal.filled, record.displayKey]) };
  }
}

/** The fact in an entry. Entries are written by this program only and guarded by a checksum: an unreadable one is a bug. */
export function factOf({ type, payload }: WallEntry): WallFact {
  return { type, payload: wallFacts[type].parse(JSON.parse(payload)) } as WallFact;
}

/** The number of the newest entry. */
export function lastSeq({ base, entries }: WallJournal): number {
  return entries.at(-1)?.seq ?? base.seq;
}

/** The shortest journal that loses nothing: old settled entries become part of the base. */
export function compactJournal(journal: WallJournal): readonly WallRecord[] {
  const keepFrom = Math.min(journal.shippedSeq, lastSeq(journal) - keptEntries);
  const old = journal.entries.filter(({ seq }) => seq <= keepFrom);
  const state = old.map(factOf).reduce(evolveWall, journal.base.state);
  const base = { kind: 'base', seq: Math.max(journal.base.seq, keepFrom), state } as const;
  return [base, ...journal.entries.slice(old.length), ...marksOf(journal)];
}

/**
 * The journal of the same scene for another desk identity: numbered from 1 again and told from nothing, because the platform's new
 * feed `desk/<id>` has never seen the entries before.
 */
export function renumberJournal(journal: WallJournal, { deskId, atMs }: { deskId: DeskId; atMs: number }): readonly WallRecord[] {
  const entries = factsFor(journal.state).map(
    ({ type, payload }, index): WallEntry => ({
      kind: 'fact',
      seq: index + 1,
      type,
      atMs,
      personId: null,
      commandId: null,
      payload: JSON.stringify(payload),
    }),
  );
  return [emptyJournal.base, ...entries, ...marksOf({ ...journal, deskId, shippedSeq: 0 })];
}

function marksOf({ shippedSeq, deskId, filled }: WallJournal): readonly WallRecord[] {
  return [
    { kind: 'shipped', seq: shippedSeq },
    ...(deskId === null ? [] : [{ kind: 'desk', deskId } as const]),
    ...[...filled].map((displayKey) => ({ kind: 'filled', displayKey }) as const),
  ];
}

/** The fewest facts that fold to this scene and its version. There are never more of them than the version says there were. */
function factsFor(state: WallState): readonly WallFact[] {
  const drafts = state.displays.flatMap((display): readonly ((version: number) => WallFact)[] => {
    const { displayKey, keySource, number, widthPx, heightPx, layout } = display;
    const seen = { displayKey, keySource, number, widthPx, heightPx };
    return [
      (version) => ({ type: 'wall.displaySeen', payload: { version, ...seen } }),
      // A Display is first seen with layout 4 (contract/wall/rules): telling it again would be one fact more than there ever was.
      ...(layout === 4 ? [] : [(version: number): WallFact => ({ type: 'wall.layoutChanged', payload: { version, displayKey, layout } })]),
      ...display.tiles.flatMap((tile, cell) =>
        tile === null ? [] : [(version: number): WallFact => ({ type: 'wall.tilePlaced', payload: { version, displayKey, cell, tile } })],
      ),
    ];
  });
  const versionsBefore = Math.max(0, state.version - drafts.length);
  return drafts.map((draft, index) => draft(versionsBefore + index + 1));
}
