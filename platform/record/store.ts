import type { Role } from '#contract/access/index.ts';
import type { StreamQuality } from '#contract/cameras/index.ts';
import type { DirectoryKind } from '#contract/directory/index.ts';
import type {
  Actor,
  ErasureReason,
  Fact,
  FeedFact,
  FeedName,
  ParticularsKind,
  ParticularsReference,
  Position,
} from '#contract/record/index.ts';
import type { CameraId, CommandId, CountyId, DeskId, PersonId, RegionId, UnitId } from '#contract/values/index.ts';
import type { ReadModelChange } from './readModels/changes.ts';
import type { ReadModelStore } from './readModels/queries.ts';

/** A fact with its places: one index row per feed whose whole audience may see it. */
export type IndexedFact = {
  readonly fact: Fact;
  readonly places: readonly (Position & { readonly prevHash: string })[];
};

/** What a command was answered, kept 7 days. `bodyHash` tells a repetition from another command under the same id. */
export type Receipt = {
  readonly commandId: CommandId;
  readonly bodyHash: string;
  /** The desk that asked; null = the receipt is older than this column. */
  readonly deskId: DeskId | null;
  /** JSON of the CommandReply. */
  readonly reply: string;
  readonly atMs: number;
};

/** How far a desk is settled: `commandSeq` of its commands, `shippedSeq` of its own facts. 0 = nothing yet. */
export type DeskSettled = { readonly deskId: DeskId; readonly commandSeq: number; readonly shippedSeq: number };

/**
 * One directory row: `body` is the JSON of its contract schema. `origin` is the JSON of its place as the county's own file had it
 * (coordinate system and pair); it never leaves the platform but in an export.
 */
export type DirectoryRow = { readonly kind: DirectoryKind; readonly id: string; readonly body: string; readonly origin?: string };

/** Where a camera's pictures come from, password included: this table never leaves the platform. */
export type SourceRow = {
  readonly cameraId: CameraId;
  readonly quality: StreamQuality;
  readonly url: string;
  readonly transport: 'tcp' | 'udp';
};

/** A new directory revision: rows that were added or changed, and the sources of the cameras that the import spoke of. */
export type DirectoryChange = {
  readonly revision: number;
  readonly contentHash: string;
  readonly rows: readonly DirectoryRow[];
  readonly sources: readonly SourceRow[];
  /** Cameras whose sources are replaced by the ones in `sources` (none = they lose theirs). */
  readonly sourcesOf: readonly CameraId[];
};

/** What changes among accounts, sessions and workstations together with the fact that tells it. */
export type AccessChange = {
  /** Added or replaced by `personId`; another person's account makes the whole batch fail. */
  readonly people?: readonly StoredPerson[];
  readonly sessions?: readonly StoredSession[];
  /** Token hashes of sessions that are over. */
  readonly endedSessions?: readonly string[];
  readonly devices?: readonly StoredDevice[];
};

/** What is known of a text that may name people, without the text. `erasure` null = it is still there. */
export type ParticularsEntry = {
  readonly reference: ParticularsReference;
  readonly countyId: CountyId;
  readonly kind: ParticularsKind;
  /** What it is about, as its fact's subject says. */
  readonly subject: string;
  readonly createdAtMs: number;
  readonly erasure: { readonly atMs: number; readonly reason: ErasureReason } | null;
};

/** The same with the text; null once it is erased. */
export type StoredParticulars = ParticularsEntry & { readonly body: string | null };

/** Texts that are written with the facts that refer to them, and texts that go. One that is gone already stays as it went. */
export type ParticularsChange = {
  readonly added: readonly (Omit<ParticularsEntry, 'erasure'> & { readonly body: string })[];
  readonly erased: readonly { readonly reference: ParticularsReference; readonly atMs: number; readonly reason: ErasureReason }[];
};

/** What one transaction writes: all of it or nothing. */
export type Batch = {
  readonly facts: readonly IndexedFact[];
  readonly receipts: readonly Receipt[];
  readonly settled: readonly DeskSettled[];
  readonly directory: DirectoryChange | null;
  /** What registers and search make of it; none = nothing. */
  readonly readModels?: ReadModelChange;
  /** Accounts, sessions and workstations that change with these facts. */
  readonly access?: readonly AccessChange[];
  /** Texts that may name people, kept apart from the facts. */
  readonly particulars?: ParticularsChange;
};

/**
 * What a feed had folded to at a place, so that neither a start nor a look back folds the whole log. It never replaces facts: without a
 * matching hash in the chain it is not used.
 */
export type StoredSnapshot = {
  readonly position: Position;
  /** `atMs` of the last fact in it. */
  readonly atMs: number;
  /** JSON of FeedSnapshot, and a hash over it and the fact types that folded it. */
  readonly state: string;
  readonly stateHash: string;
};

/** Where a feed goes on in a new epoch, and the last place of the epoch before: same seq, other hash (contract/record `epochStartHash`). */
export type EpochStart = { readonly position: Position; readonly after: Position };

/** Somebody with an account. `passwordHash` is self-describing (algorithm, cost, salt, hash). */
export type StoredPerson = {
  readonly personId: PersonId;
  readonly account: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly territory: readonly RegionId[];
  /** The department that a liaison speaks for. */
  readonly unitId?: UnitId | undefined;
  readonly passwordHash: string;
  /** The password was made for him and told to somebody else too: it is good for setting his own, and for nothing else. */
  readonly mustChangePassword: boolean;
  readonly isDisabled: boolean;
};

/** A person's session; its token is kept as a SHA-256 only. */
export type StoredSession = {
  readonly tokenHash: string;
  readonly personId: PersonId;
  readonly openedAtMs: number;
  readonly expiresAtMs: number;
};

/** An enrolled workstation; its key is kept as a SHA-256 only. */
export type StoredDevice = {
  readonly deskId: DeskId;
  readonly keyHash: string;
  readonly territory: readonly RegionId[];
  readonly enrolledBy: PersonId;
  readonly enrolledAtMs: number;
};

/**
 * The county as kept by the record; see CountyProfile. `mode` is part of it: a record with the demo's public passwords must never be
 * served as a real one.
 */
export type StoredCounty = {
  readonly countyId: CountyId;
  readonly name: string;
  readonly nameEn: string;
  readonly timeZone: string;
  readonly mode: 'demo' | 'normal';
};

/**
 * Everything that the platform keeps, behind one async port: the main loop never waits for a disk. Two implementations (memory for
 * tests, SQLite in a worker) pass the same conformance suite; PostgreSQL will be the third. Every write is on disk when its promise
 * resolves; a rejected write left nothing behind.
 */
export type RecordStore = ReadModelStore & {
  /** The epoch of every feed of this record; a restored record gets a new one. */
  epoch(): Promise<string>;
  readCounty(): Promise<StoredCounty | null>;
  writeCounty(county: StoredCounty): Promise<void>;

  /** False from an error of the disk on until the store is opened anew: every write then rejects, reads go on. */
  isWritable(): boolean;
  /** The one write of the log. Rejects when a place is not the next of its feed, or the disk refuses. */
  commit(batch: Batch): Promise<void>;
  /** Last place of each feed that has facts. */
  heads(): Promise<readonly Position[]>;
  /** The hash at a place, or at the start of an epoch; null when there is no such row. */
  hashAt(place: { feed: FeedName; epoch: string; seq: number }): Promise<string | null>;
  /** Facts of one feed after `afterSeq`, in order, at most `limit`. */
  readFacts(range: { feed: FeedName; epoch: string; afterSeq: number; limit: number }): Promise<readonly FeedFact[]>;
  /** Keeps a snapshot; one that is there already at its place is replaced. */
  writeSnapshot(snapshot: StoredSnapshot): Promise<void>;
  /** Where all snapshots are, of every epoch, in no order. */
  snapshotPlaces(): Promise<readonly (Omit<Position, 'hash'> & { readonly atMs: number })[]>;
  /** Forgets snapshots, all or none of the ones named; one that is not there is no error. */
  dropSnapshots(places: readonly { readonly feed: FeedName; readonly epoch: string; readonly seq: number }[]): Promise<void>;
  /** The newest snapshot of a feed in one epoch that holds nothing behind `upToSeq` or later than `upToMs`; null = none. */
  readSnapshot(asked: { feed: FeedName; epoch: string; upToSeq: number; upToMs: number }): Promise<StoredSnapshot | null>;
  /** Every feed goes on in a new epoch, all or nothing; what was recorded stays under its old one. */
  beginEpoch(next: { epoch: string; starts: readonly EpochStart[] }): Promise<void>;
  /** Where a feed went on in this epoch; null = it began in it, with seq 1. */
  readEpochStart(asked: { feed: FeedName; epoch: string }): Promise<EpochStart | null>;
  readReceipts(commandIds: readonly CommandId[]): Promise<readonly Receipt[]>;
  /** Whether somebody other than `notBy` has changed what `subject` names since it had `version`: by facts that give it a later one. */
  isChangedByOthers(asked: { subject: string; version: number; notBy: Actor }): Promise<boolean>;
  /** Forgets receipts older than `beforeMs`. */
  dropReceipts(beforeMs: number): Promise<void>;
  readSettled(): Promise<readonly DeskSettled[]>;

  /** The current directory, rows in the order they were first stored. Revision 0 = nothing imported yet. */
  readDirectory(): Promise<{ revision: number; contentHash: string | null; rows: readonly DirectoryRow[] }>;
  readSources(): Promise<readonly SourceRow[]>;

  readPeople(): Promise<readonly StoredPerson[]>;
  /** Adds or replaces by `personId`; rejects when another person holds the account. */
  writePerson(person: StoredPerson): Promise<void>;
  readSessions(): Promise<readonly StoredSession[]>;
  writeSession(session: StoredSession): Promise<void>;
  dropSessions(tokenHashes: readonly string[]): Promise<void>;
  readDevices(): Promise<readonly StoredDevice[]>;
  writeDevice(device: StoredDevice): Promise<void>;

  /** A text that may name people, as it was kept; null = there never was such a one. */
  readParticulars(reference: ParticularsReference): Promise<StoredParticulars | null>;
  /** All of them without their texts. */
  listParticulars(): Promise<readonly ParticularsEntry[]>;
  /** Takes what erased texts have left behind out of the store's files. False: something is in the way for now, ask again. */
  scrub(): Promise<boolean>;

  /** Ends the store; further calls reject. */
  close(): Promise<void>;
};
