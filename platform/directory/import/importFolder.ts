import type { ColumnProposal, ImportReport, ImportRequest, RegionPolygon } from '#contract/directory/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { type CameraId, type CountyId, granted, type RegionId, type Result } from '#contract/values/index.ts';
import type { DirectoryChange, SourceRow, Writer } from '../../record/index.ts';
import type { Directory, TypedRow } from '../directory.ts';
import { takeOver } from '../takeOver.ts';
import type { Candidate } from './candidate.ts';
import { type TableKind, tableKinds } from './columns.ts';
import { mappingFile, readMapping } from './mapping.ts';
import { createProblems, type Problems } from './problems.ts';
import { readTables } from './readTables.ts';
import { type ReadRegions, readRegions } from './regions/readRegions.ts';

/** What an import works on. */
export type ImportPorts = {
  readonly directory: Directory;
  readonly countyId: CountyId;
  readonly writer: Writer;
  /** Whether this platform would open such an address. */
  readonly checkUrl: (url: string) => Result<unknown>;
  /** The sources that a camera has now. */
  readonly sourcesOf: (cameraId: CameraId) => readonly SourceRow[];
  readonly onApplied: (change: DirectoryChange) => void;
};

/** The files of a folder that an import reads, by what they hold. */
export type FolderFiles = {
  readonly regions: FolderFile | null;
  readonly mapping: FolderFile | null;
  readonly tables: ReadonlyMap<TableKind, FolderFile>;
};
/** `read` brings the bytes: while nobody reads a file, nobody holds it. */
export type FolderFile = { readonly name: string; readonly read: () => Buffer };

/** An import's files and how much of them is taken over (ImportRequest). */
export type FolderRequest = { readonly files: readonly FolderFile[]; readonly take: ImportRequest['take'] };

/** A request as it comes over the wire. */
export function toFolderRequest({ files, take }: ImportRequest): FolderRequest {
  return { take, files: files.map(({ name, base64 }) => ({ name, read: () => Buffer.from(base64, 'base64') })) };
}

/** What one kind of rows came to. */
type Found = { readonly kind: 'regions' | TableKind; readonly read: number; readonly refused: number; readonly rows: readonly Candidate[] };

/**
 * Reads an import and, unless something is wrong with it, makes it the next revision. All or nothing unless `take` is `partial`.
 * The same files again change nothing. Refused only when the record refuses; everything about the files is in the report.
 */
export async function importFolder(
  ports: ImportPorts,
  { request, actor }: { request: FolderRequest; actor: Actor },
): Promise<Result<ImportReport>> {
  const problems = createProblems();
  const { regions, tables, proposals } = await readFolder(ports, { request, problems });
  const isTaken = request.take === 'partial' || (request.take === 'all' && problems.count() === 0);
  const candidates = tables.flatMap(({ rows }) => rows);
  const sourced = candidates.flatMap((candidate) => changedSources(candidate, ports) ?? []);
  const verdictOf = createVerdicts({ ports, sourced });
  const counts = [
    ...(regions.read === 0 ? [] : [countOf({ found: { kind: 'regions', ...regions }, rows: regions.rows, verdictOf })]),
    ...tables.map((found) => countOf({ found, rows: found.rows.map(({ typed }) => typed), verdictOf })),
  ];
  const revision = {
    rows: [...regions.rows, ...candidates.map(({ typed }) => typed)],
    sources: sourced.flatMap(({ sources }) => sources),
    sourcesOf: sourced.map(({ cameraId }) => cameraId),
  };
  const outcome = isTaken ? await takeOver({ ...ports, actor, revision }) : granted(null);
  if (!outcome.ok) return outcome;
  // What was not taken over is neither new nor changed.
  const kinds = isTaken || request.take === 'none' ? counts : counts.map((each) => ({ ...each, added: 0, changed: 0, unchanged: 0 }));
  return granted({
    revision: outcome.value,
    rows: totalOf(kinds),
    kinds,
    problemCount: problems.count(),
    problems: problems.problems(),
    notes: problems.notes(),
    proposals: request.take === 'none' ? proposals.slice(0, 200) : [],
  });
}

async function readFolder(
  ports: ImportPorts,
  { request, problems }: { request: FolderRequest; problems: Problems },
): Promise<{ regions: ReadRegions; tables: readonly Found[]; proposals: readonly ColumnProposal[] }> {
  const { directory, countyId } = ports;
  const files = sortFiles({ files: request.files, problems });
  const known = directory.rows('regions');
  const none: ReadRegions = { rows: [], read: 0, refused: 0 };
  const regions = files.regions === null ? none : await readRegions({ file: files.regions, countyId, known, problems });
  const mapping = files.mapping === null ? new Map() : readMapping({ bytes: files.mapping.read(), problems });
  const read = await readTables({ ports, files, mapping, problems, ...mergedRegions({ directory, rows: regions.rows }) });
  return { regions, ...read };
}

function sortFiles({ files, problems }: { files: readonly FolderFile[]; problems: Problems }): FolderFiles {
  const tables = new Map<TableKind, FolderFile>();
  let [regions, mapping]: (FolderFile | null)[] = [null, null];
  for (const file of files) {
    const { name } = file;
    const about = { file: name, line: 0, column: null, value: '' };
    const kind = tableKinds.find((each) => [`${each}.csv`, `${each}.xlsx`].includes(name.toLowerCase()));
    if (name.toLowerCase() === 'regions.geojson') regions = file;
    else if (name.toLowerCase() === mappingFile) mapping = file;
    else if (kind === undefined) problems.note({ ...about, code: 'directory.import.unknownFile' });
    else if (tables.has(kind))
      problems.refuse({ ...about, code: 'directory.import.twoFiles', params: { other: tables.get(kind)?.name ?? '' } });
    else tables.set(kind, file);
  }
  if (regions === null && tables.size === 0)
    problems.refuse({ file: 'cameras.csv', line: 0, column: null, value: '', code: 'directory.import.noFile' });
  return { regions: regions ?? null, mapping: mapping ?? null, tables };
}

/** The territory as it will be: what the directory has, with what the folder brings over it. */
function mergedRegions({ directory, rows }: { directory: Directory; rows: readonly TypedRow[] }) {
  const regions = new Map(directory.rows('regions').map((region) => [region.id, region]));
  const outlines = new Map<RegionId, RegionPolygon>(directory.rows('polygons').map((polygon) => [polygon.regionId, polygon]));
  for (const { kind, row } of rows) {
    if (kind === 'regions') regions.set(row.id, row);
    if (kind === 'polygons') outlines.set(row.regionId, row);
  }
  return { regions, outlines };
}

type Sourced = { readonly cameraId: CameraId; readonly sources: readonly SourceRow[] };

function changedSources({ typed, sources }: Candidate, { sourcesOf }: ImportPorts): Sourced | null {
  if (typed.kind !== 'cameras' || sources === null) return null;
  return sameSources(sources, sourcesOf(typed.row.id)) ? null : { cameraId: typed.row.id, sources };
}

/** Whether a row is new, another or the same, its sources and its outline taken together with it. */
function createVerdicts({ ports, sourced }: { ports: ImportPorts; sourced: readonly Sourced[] }) {
  const moved = new Set<string>(sourced.map(({ cameraId }) => cameraId));
  return (typed: TypedRow): 'added' | 'changed' | 'unchanged' => {
    const verdict = ports.directory.compare(typed);
    const isMoved = typed.kind === 'cameras' && moved.has(typed.row.id);
    return verdict === 'unchanged' && isMoved ? 'changed' : verdict;
  };
}

function countOf({
  found,
  rows,
  verdictOf,
}: {
  found: Pick<Found, 'kind' | 'read' | 'refused'>;
  rows: readonly TypedRow[];
  verdictOf: (typed: TypedRow) => 'added' | 'changed' | 'unchanged';
}): ImportReport['kinds'][number] {
  const outlined = new Set(rows.flatMap((row) => (row.kind === 'polygons' && verdictOf(row) !== 'unchanged' ? [row.row.regionId] : [])));
  const verdicts = rows.flatMap((typed) => {
    if (typed.kind === 'polygons') return [];
    const verdict = verdictOf(typed);
    return [verdict === 'unchanged' && typed.kind === 'regions' && outlined.has(typed.row.id) ? 'changed' : verdict];
  });
  const counted = (verdict: string) => verdicts.filter((each) => each === verdict).length;
  const { kind, read, refused } = found;
  return { kind, read, added: counted('added'), changed: counted('changed'), unchanged: counted('unchanged'), refused };
}

function totalOf(kinds: ImportReport['kinds']): ImportReport['rows'] {
  const sum = (of: keyof ImportReport['rows']) => kinds.reduce((total, kind) => total + kind[of], 0);
  return { read: sum('read'), added: sum('added'), changed: sum('changed'), unchanged: sum('unchanged'), refused: sum('refused') };
}

function sameSources(wanted: readonly SourceRow[], held: readonly SourceRow[]): boolean {
  const text = (rows: readonly SourceRow[]) =>
    rows
      .map(({ quality, url, transport }) => JSON.stringify([quality, url, transport]))
      .toSorted((a, b) => (a < b ? -1 : 1))
      .join('\n');
  return text(wanted) === text(held);
}
