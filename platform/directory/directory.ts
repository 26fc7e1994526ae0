import type { z } from 'zod';
import { may, type PolicyActor } from '#contract/access/index.ts';
import { Camera } from '#contract/cameras/index.ts';
import type { Places } from '#contract/catalogue/index.ts';
import { Center, type DirectoryCounts, DirectoryKind, Region, RegionPolygon, Responder, Unit } from '#contract/directory/index.ts';
import type { CameraId, RegionId } from '#contract/values/index.ts';
import { type DirectoryChange, type DirectoryRow, type RecordStore, type SourceRow, sha256 } from '../record/index.ts';
import { pathOf, placeIn, placesAfter } from './places.ts';
import { createTerritoryRevisions, type RowDigest, type Sight, sightOf, type TerritoryRevisions } from './territory.ts';

/** The contract schema of each kind's rows. */
export const rowSchemas = {
  regions: Region,
  polygons: RegionPolygon,
  cameras: Camera,
  centers: Center,
  units: Unit,
  responders: Responder,
} as const satisfies { readonly [Kind in DirectoryKind]: z.ZodType };

/** A row of one kind. */
export type RowOf<Kind extends DirectoryKind> = z.infer<(typeof rowSchemas)[Kind]>;
/** Rows of any kind, with the kind they are of. `origin`: the place as its file had it, as JSON (DirectoryRow). */
export type TypedRow = {
  [Kind in DirectoryKind]: { readonly kind: Kind; readonly row: RowOf<Kind>; readonly origin?: string };
}[DirectoryKind];

type Page = {
  readonly kind: DirectoryKind;
  readonly revision: number;
  readonly rows: readonly unknown[];
  readonly nextOffset: number | null;
};

/** The current directory, held in memory by revision; the store is the truth. */
export type Directory = {
  /** Of the whole: counts imports. Told to nobody who may not read the whole county. */
  readonly revision: () => number;
  /**
   * The revision as an actor's pages carry it: another one whenever a row changes that he may see, and never else. Whoever may read the
   * whole county has the directory's own; everybody else one that follows from his rows alone (territory.ts).
   */
  readonly revisionFor: TerritoryRevisions;
  region(id: RegionId): Region | null;
  camera(id: CameraId): Camera | null;
  rows<Kind extends DirectoryKind>(kind: Kind): readonly RowOf<Kind>[];
  /** A region's id and the ids of all above it; empty for an unknown region. */
  regionPath(id: RegionId): readonly RegionId[];
  /** The town, village and unit that a camera belongs to: whose feeds its facts go to. */
  placeOf: Places['placeOf'];
  /** The same once a change will be in force, with what is true until then as before. */
  placesAfter(change: DirectoryChange): Required<Places>;
  /** A row's place as its file had it, JSON; null when nobody told one. */
  originOf(kind: DirectoryKind, id: string): string | null;
  counts(): z.infer<typeof DirectoryCounts>;
  /** One page as seen by an actor: rows of other territories are neither in it nor counted by it. */
  page(asked: { actor: PolicyActor; kind: DirectoryKind; offset: number; limit: number }): Page;
  /** The next revision, with only the rows that differ; null when nothing does. Not in force before `apply`. */
  nextRevision(next: { rows: readonly TypedRow[]; sources: readonly SourceRow[]; sourcesOf: readonly CameraId[] }): DirectoryChange | null;
  /** Whether a row is new, another or the same as the one held. */
  compare(row: TypedRow): 'added' | 'changed' | 'unchanged';
  /** Takes over a change that is on disk. */
  apply(change: DirectoryChange): void;
};

/** A row as it is kept. Its text is parsed when somebody first asks: a million points of outlines that nobody looks at cost their text only. */
class KeptRow {
  readonly body: string;
  readonly bodyHash: string;
  readonly origin: string | undefined;
  #row: unknown;

  constructor({ body, origin }: { body: string; origin: string | undefined }) {
    this.body = body;
    this.bodyHash = sha256(body);
    this.origin = origin;
  }

  get row(): unknown {
    this.#row ??= JSON.parse(this.body);
    return this.#row;
  }

  /** Of what pages show: responders are numbered anew for each asker (platform/responders), their own numbers tell how many others there are. */
  seenHash(kind: DirectoryKind): string {
    return kind === 'responders' ? sha256(JSON.stringify({ ...(this.row as Responder), index: 0 })) : this.bodyHash;
  }
}

/** Reads the directory from the store. */
export async function openDirectory(store: RecordStore): Promise<Directory> {
  const stored = await store.readDirectory();
  return createDirectory({ revision: stored.revision, rows: stored.rows });
}

function createDirectory(stored: { revision: number; rows: readonly DirectoryRow[] }): Directory {
  const shelves = new Map(DirectoryKind.options.map((kind) => [kind, new Map<string, KeptRow>()]));
  let revision = stored.revision;
  let revisions: TerritoryRevisions | null = null;
  const inOrder = new Map<DirectoryKind, readonly unknown[]>();
  const shelf = (kind: DirectoryKind) => shelves.get(kind) ?? new Map<string, KeptRow>();
  const keep = ({ kind, id, body, origin }: DirectoryRow) => void shelf(kind).set(id, new KeptRow({ body, origin }));
  // An outline of many points is checked and written once, however often it is asked about.
  const written = new WeakMap<object, DirectoryRow>();
  const toDirectoryRow = (typed: TypedRow): DirectoryRow => {
    const row = written.get(typed.row) ?? writtenRow(typed);
    written.set(typed.row, row);
    return row;
  };
  for (const row of stored.rows) keep(row);

  const region = (id: RegionId) => (shelf('regions').get(id)?.row as Region | undefined) ?? null;
  const camera = (id: CameraId) => (shelf('cameras').get(id)?.row as Camera | undefined) ?? null;
  const rows = <Kind extends DirectoryKind>(kind: Kind) => [...shelf(kind).values()].map(({ row }) => row as RowOf<Kind>);

  const regionPath = (id: RegionId) => pathOf({ region, camera }, id).map((each) => each.id);

  function revisionFor(actor: PolicyActor): number {
    const root = rows('regions').find(({ parentId }) => parentId === null);
    if (root !== undefined && may(actor, 'directory.read', { regionPath: [root.id] })) return revision;
    revisions ??= createTerritoryRevisions({ rows: digestsOf(shelves), regionPath });
    return revisions(actor);
  }

  /** In an order that follows from the rows seen: the one in which they were first stored tells where else some of them were. */
  function ordered(kind: DirectoryKind): readonly unknown[] {
    const known = inOrder.get(kind) ?? rows(kind).toSorted(byOwnName);
    inOrder.set(kind, known);
    return known;
  }

  function compare(typed: TypedRow): 'added' | 'changed' | 'unchanged' {
    const { kind, id, body } = toDirectoryRow(typed);
    const held = shelf(kind).get(id);
    if (held === undefined) return 'added';
    return held.body === body ? 'unchanged' : 'changed';
  }

  /** A row that changes without telling a new place keeps the words for the old one. */
  function withOrigin(typed: TypedRow): DirectoryRow {
    const row = toDirectoryRow(typed);
    const held = shelf(typed.kind).get(row.id);
    const place = (of: unknown) => JSON.stringify((of as { location?: unknown } | undefined)?.location);
    const origin = typed.origin ?? (typed.kind !== 'polygons' && place(held?.row) === place(typed.row) ? held?.origin : undefined);
    return origin === undefined ? row : { ...row, origin };
  }

  function contentHash(changed: readonly DirectoryRow[]): string {
    const hashes = new Map([...shelves].flatMap(([kind, kept]) => [...kept].map(([id, { bodyHash }]) => [`${kind}/${id}`, bodyHash])));
    for (const { kind, id, body } of changed) hashes.set(`${kind}/${id}`, sha256(body));
    return sha256(JSON.stringify([...hashes].toSorted(([a], [b]) => (a < b ? -1 : 1))));
  }

  return {
    revision: () => revision,
    revisionFor,
    region,
    camera,
    rows,
    regionPath,
    compare,
    placeOf: (cameraId) => placeIn({ region, camera }, cameraId),
    placesAfter: (change) => placesAfter({ region, camera }, change.rows),
    originOf: (kind, id) => shelf(kind).get(id)?.origin ?? null,
    counts: () => ({
      regions: shelf('regions').size,
      cameras: shelf('cameras').size,
      centers: shelf('centers').size,
      units: shelf('units').size,
      responders: shelf('responders').size,
    }),
    page({ actor, kind, offset, limit }) {
      const sight = sightOf({ actor, regionPath });
      const seen = ordered(kind).filter((row) => isSeen(sight(regionIdOf(kind, row)), kind));
      const end = offset + limit;
      return { kind, revision: revisionFor(actor), rows: seen.slice(offset, end), nextOffset: end < seen.length ? end : null };
    },
    nextRevision({ rows: given, sources, sourcesOf }) {
      const changed = given.filter((row) => compare(row) !== 'unchanged').map(withOrigin);
      if (changed.length === 0 && sourcesOf.length === 0) return null;
      return { revision: revision + 1, contentHash: contentHash(changed), rows: changed, sources, sourcesOf };
    },
    apply(change) {
      for (const row of change.rows) keep(row);
      revision = change.revision;
      revisions = null;
      inOrder.clear();
    },
  };
}

/** As it is stored: the schema's own order of fields, so that equal rows are equal text. */
function writtenRow({ kind, row }: TypedRow): DirectoryRow {
  const id = kind === 'polygons' ? row.regionId : row.id;
  return { kind, id, body: JSON.stringify(rowSchemas[kind].parse(row)) };
}

function regionIdOf(kind: DirectoryKind, row: unknown): RegionId {
  return kind === 'regions' ? (row as Region).id : (row as { regionId: RegionId }).regionId;
}

function isSeen(sight: Sight, kind: DirectoryKind): boolean {
  return sight === 'whole' || (sight === 'named' && kind === 'regions');
}

function digestsOf(shelves: ReadonlyMap<DirectoryKind, ReadonlyMap<string, KeptRow>>): readonly RowDigest[] {
  return [...shelves].flatMap(([kind, kept]) =>
    [...kept].map(([id, each]) => ({ kind, id, regionId: regionIdOf(kind, each.row), hash: each.seenHash(kind) })),
  );
}

/** Regions by their codes, as lists of them are read; everything else by id. */
function byOwnName(a: RowOf<DirectoryKind>, b: RowOf<DirectoryKind>): number {
  return nameOf(a) < nameOf(b) ? -1 : 1;
}

function nameOf(row: RowOf<DirectoryKind>): string {
  if (!('id' in row)) return row.regionId;
  return 'code' in row ? `${row.code} ${row.id}` : row.id;
}

/** The county's own region: the one without a parent. Throws when there is none. */
export function rootOf(directory: Directory): RegionId {
  const root = directory.rows('regions').find(({ parentId }) => parentId === null);
  if (root === undefined) throw new Error('the directory has no region without a parent');
  return root.id;
}
