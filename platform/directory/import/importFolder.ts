import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImportReport, ImportRequest } from '#contract/directory/index.ts';
import type { Actor } from '#contract/record/index.ts';
import type { CameraId, CountyId, Result } from '#contract/values/index.ts';
import { granted } from '#contract/values/index.ts';
import type { DirectoryChange, SourceRow, Writer } from '../../record/index.ts';
import type { Directory, TypedRow } from '../directory.ts';
import { takeOver } from '../takeOver.ts';
import { believe } from './believe.ts';
import { type CameraRow, readCameraRow } from './cameraRow.ts';
import { decodeText } from './decodeText.ts';
import { createKnownCameras } from './knownCameras.ts';
import { createProblems, type Problems } from './problems.ts';
import { createRegionIndex } from './regionIndex.ts';
import { readTable } from './table.ts';

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

/** The one file that is read today. */
const camerasFile = 'cameras.csv';

/** Rows after which other work gets a turn: a list of a whole county must not hold up the bus. */
const rowsPerTurn = 250;

/**
 * Reads an import and, unless something is wrong with it, makes it the next revision. All or nothing unless `take` is `partial`.
 * The same files again change nothing. Refused only when the record refuses; everything about the files is in the report.
 */
export async function importFolder(
  ports: ImportPorts,
  { request, actor }: { request: ImportRequest; actor: Actor },
): Promise<Result<ImportReport>> {
  const problems = createProblems();
  const read = await readRows(ports, { request, problems });
  const taken = problems.count() > 0 && request.take === 'all' ? [] : read.rows;
  const rows = taken.map(({ camera }): TypedRow => ({ kind: 'cameras', row: camera }));
  const sourced = taken.filter((row) => row.sources !== null && !sameSources(row.sources, ports.sourcesOf(row.camera.id)));
  const verdicts = rows.map((row, index) => {
    const verdict = ports.directory.compare(row);
    return verdict === 'unchanged' && sourced.includes(taken[index] as CameraRow) ? 'changed' : verdict;
  });
  const outcome = await takeOver({
    ...ports,
    actor,
    revision: { rows, sources: sourced.flatMap(({ sources }) => sources ?? []), sourcesOf: sourced.map(({ camera }) => camera.id) },
  });
  if (!outcome.ok) return outcome;
  const counted = (verdict: string) => verdicts.filter((each) => each === verdict).length;
  return granted({
    revision: outcome.value,
    rows: {
      read: read.count,
      added: counted('added'),
      changed: counted('changed'),
      unchanged: counted('unchanged'),
      refused: read.count - read.rows.length,
    },
    kinds: [],
    problemCount: problems.count(),
    problems: problems.problems(),
    notes: problems.notes(),
    proposals: [],
  });
}

async function readRows(
  { directory, countyId, checkUrl }: ImportPorts,
  { request, problems }: { request: ImportRequest; problems: Problems },
): Promise<{ rows: readonly CameraRow[]; count: number }> {
  const file = request.files.find(({ name }) => name.toLowerCase() === camerasFile);
  if (file === undefined) {
    problems.refuse({ file: camerasFile, line: 0, column: null, value: '', code: 'directory.import.noFile' });
    return { rows: [], count: 0 };
  }
  const decoded = decodeText(Buffer.from(file.base64, 'base64'));
  if (decoded.encoding !== 'utf-8') {
    const params = { encoding: decoded.encoding };
    problems.note({ file: file.name, line: 0, column: null, value: '', code: 'directory.import.decodedAs', params });
  }
  const table = readTable({ file: file.name, decoded, problems });
  if (table === null) return { rows: [], count: 0 };
  const findRegion = createRegionIndex(directory.rows('regions'));
  const known = createKnownCameras(directory.rows('cameras'));
  const rows: CameraRow[] = [];
  for (const [index, row] of table.entries()) {
    if (index % rowsPerTurn === rowsPerTurn - 1) await nextTurn();
    const read = readCameraRow(row, { file: file.name, countyId, findRegion, known, checkUrl, problems });
    if (read !== null) rows.push(read);
  }
  const single = withoutRepeats({ file: file.name, rows, problems });
  tellBelief({ file: file.name, rows: single, directory, problems });
  return { rows: single, count: table.length };
}

/** One camera twice in a file: which row is meant nobody can say, so neither is taken. */
function withoutRepeats({ file, rows, problems }: { file: string; rows: readonly CameraRow[]; problems: Problems }): readonly CameraRow[] {
  const keys = (row: CameraRow) => [
    `id ${row.camera.id}`,
    `number ${row.camera.number}`,
    ...(row.camera.gbId === null ? [] : [row.camera.gbId]),
  ];
  const byKey = Map.groupBy(
    rows.flatMap((row) => keys(row).map((key) => ({ key, row }))),
    ({ key }) => key,
  );
  const repeated = new Map<CameraRow, number>();
  for (const group of byKey.values()) {
    for (const { row } of group) {
      const other = group.find((each) => each.row !== row);
      if (other !== undefined) repeated.set(row, other.row.line);
    }
  }
  for (const [{ line, camera }, otherLine] of repeated) {
    const value = camera.gbId ?? camera.number;
    problems.refuse({ file, line, column: null, value, code: 'directory.import.repeated', params: { otherLine } });
  }
  return rows.filter((row) => !repeated.has(row));
}

function tellBelief({
  file,
  rows,
  directory,
  problems,
}: {
  file: string;
  rows: readonly CameraRow[];
  directory: Directory;
  problems: Problems;
}): void {
  const belief = believe(rows, directory.rows('polygons'));
  if (belief === null) return;
  const { claimed, best, claimedPercent, bestPercent, points } = belief;
  const params = { claimed, best, claimedPercent, bestPercent, points };
  problems.note({ file, line: 0, column: null, value: '', code: 'directory.import.believedCrs', params });
}

function sameSources(wanted: readonly SourceRow[], held: readonly SourceRow[]): boolean {
  const text = (rows: readonly SourceRow[]) =>
    rows
      .map(({ quality, url, transport }) => JSON.stringify([quality, url, transport]))
      .toSorted((a, b) => (a < b ? -1 : 1))
      .join('\n');
  return text(wanted) === text(held);
}
