import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ColumnProposal, Region, RegionPolygon, Unit } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { readCameraRow } from './cameraRow.ts';
import type { Candidate } from './candidate.ts';
import { type HeadingMap, type TableKind, tableKinds } from './columns.ts';
import type { FolderFiles, ImportPorts } from './importFolder.ts';
import { createKnownCameras } from './knownCameras.ts';
import { readLines } from './lines.ts';
import { guessColumn } from './mapping.ts';
import { createOfficeReaders } from './officeRows.ts';
import type { Problems } from './problems.ts';
import type { Complain } from './readings.ts';
import { createRegionIndex, type RegionIndex } from './regionIndex.ts';
import { settleCoordinates } from './settleCoordinates.ts';
import { type Table, type TableRow, toTable } from './table.ts';
import { createUnitIndex, type UnitIndex } from './unitIndex.ts';

/** Rows after which other work gets a turn: a list of a whole county must not hold up the bus. */
const rowsPerTurn = 250;

/** What one table came to. */
export type ReadTable = { readonly kind: TableKind; readonly read: number; readonly refused: number; readonly rows: readonly Candidate[] };

/** Reads the folder's tables against the territory as it will be. */
export async function readTables({
  ports,
  files,
  mapping,
  regions,
  outlines,
  problems,
}: {
  ports: ImportPorts;
  files: FolderFiles;
  mapping: ReadonlyMap<TableKind, HeadingMap>;
  regions: ReadonlyMap<RegionId, Region>;
  outlines: ReadonlyMap<RegionId, RegionPolygon>;
  problems: Problems;
}): Promise<{ tables: readonly ReadTable[]; proposals: readonly ColumnProposal[] }> {
  const findRegion = createRegionIndex([...regions.values()]);
  const tables: ReadTable[] = [];
  // Departments that the same folder brings may be named by its cameras.
  const units = () => tables.flatMap(({ rows }) => rows.flatMap(({ typed }) => (typed.kind === 'units' ? [typed.row] : [])));
  const readers = createReaders({ ports, findRegion, regions, units });
  const proposals: ColumnProposal[] = [];
  for (const kind of tableKinds) {
    const file = files.tables.get(kind);
    const lines = file === undefined ? null : readLines({ name: file.name, bytes: file.read(), problems });
    if (file === undefined || lines === null) continue;
    const table = toTable({ file: file.name, kind, lines, mapping: mapping.get(kind) ?? new Map(), problems });
    proposals.push(...proposalsOf({ kind, table, findRegion }));
    const read = await readRows({ file: file.name, table, read: readers[kind], problems });
    const single = withoutRepeats({ file: file.name, rows: read, problems });
    const rows = settleCoordinates({ file: file.name, candidates: single, outlines, problems });
    tables.push({ kind, read: lines.length - 1, refused: lines.length - 1 - rows.length, rows });
  }
  return { tables, proposals };
}

type ReadRow = (row: TableRow, complain: Complain) => Candidate | null;

function createReaders({
  ports: { directory, countyId, checkUrl },
  findRegion,
  regions,
  units,
}: {
  ports: ImportPorts;
  findRegion: RegionIndex;
  regions: ReadonlyMap<RegionId, Region>;
  units: () => readonly Unit[];
}): { readonly [Kind in TableKind]: ReadRow } {
  const known = createKnownCameras(directory.rows('cameras'));
  const offices = createOfficeReaders({
    ...{ countyId, findRegion, regionOf: (id: RegionId) => regions.get(id) },
    root: [...regions.values()].find(({ parentId }) => parentId === null),
    centers: directory.rows('centers'),
    units: directory.rows('units'),
    responders: directory.rows('responders'),
  });
  let findUnit: UnitIndex | null = null;
  return {
    ...offices,
    cameras(row, complain) {
      findUnit ??= createUnitIndex([...directory.rows('units'), ...units()]);
      return readCameraRow(row, { countyId, findRegion, findUnit, known, checkUrl }, complain);
    },
  };
}

async function readRows({
  file,
  table,
  read,
  problems,
}: {
  file: string;
  table: Table;
  read: ReadRow;
  problems: Problems;
}): Promise<readonly Candidate[]> {
  const rows: Candidate[] = [];
  for (const [index, row] of table.rows.entries()) {
    if (index % rowsPerTurn === rowsPerTurn - 1) await nextTurn();
    const complain: Complain = (column, code, params = {}) => {
      problems.refuse({ file, line: row.line, column: row.heading(column), value: row.value(column) ?? '', code, params });
      return null;
    };
    const candidate = read(row, complain);
    if (candidate !== null) rows.push(candidate);
  }
  return rows;
}

/** One thing twice in a file: which row is meant nobody can say, so neither is taken. */
function withoutRepeats({ file, rows, problems }: { file: string; rows: readonly Candidate[]; problems: Problems }): readonly Candidate[] {
  const byKey = Map.groupBy(
    rows.flatMap((row) => row.keys.map((key) => ({ key, row }))),
    ({ key }) => key,
  );
  const repeated = new Map<Candidate, number>();
  for (const group of byKey.values()) {
    for (const { row } of group) {
      const other = group.find((each) => each.row !== row);
      if (other !== undefined) repeated.set(row, other.row.line);
    }
  }
  for (const [{ line, keys }, otherLine] of repeated) {
    problems.refuse({ file, line, column: null, value: keys[0] ?? '', code: 'directory.import.repeated', params: { otherLine } });
  }
  return rows.filter((row) => !repeated.has(row));
}

function proposalsOf({ kind, table, findRegion }: { kind: TableKind; table: Table; findRegion: RegionIndex }): readonly ColumnProposal[] {
  const guessed = new Set<string>();
  const filled = table.strange.filter(({ samples }) => samples.length > 0);
  return filled.map(({ heading, samples }) => {
    const hasColumn = (column: string) => table.hasColumn(column) || guessed.has(column);
    const { field, why } = guessColumn({ kind, heading, samples, hasColumn, isRegion: (value) => findRegion(value).ok });
    if (field !== null) guessed.add(field);
    return { kind, heading: heading.slice(0, 120), field, why, samples: samples.slice(0, 3).map((sample) => sample.slice(0, 40)) };
  });
}
