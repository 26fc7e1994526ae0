import { type HeadingMap, readHeadings, requiredColumns, type TableKind, usualHeading } from './columns.ts';
import type { Line } from './lines.ts';
import { unmarked } from './identifiers.ts';
import type { Problems } from './problems.ts';

/** One row of a table: its values by column (trimmed; '' = empty), and how its columns are headed. */
export type TableRow = {
  readonly line: number;
  /** Undefined when the file has no such column. */
  value(column: string): string | undefined;
  heading(column: string): string;
};

/** A table's rows, and the headings that nobody knows with some values under each. */
export type Table = {
  readonly rows: readonly TableRow[];
  readonly strange: readonly StrangeColumn[];
  readonly hasColumn: (column: string) => boolean;
};
export type StrangeColumn = { readonly heading: string; readonly samples: readonly string[] };

/** Finds a table's columns by their headings. A missing one is a problem of the whole file: it then has no rows. */
export function toTable({
  file,
  kind,
  lines,
  mapping,
  problems,
}: {
  file: string;
  kind: TableKind;
  lines: readonly Line[];
  mapping: HeadingMap;
  problems: Problems;
}): Table {
  const [heading, ...rest] = lines;
  const { places, unknown } = readHeadings({ kind, headings: heading?.cells ?? [], mapping });
  const line = heading?.line ?? 1;
  for (const { heading: column } of unknown) problems.note({ file, line, column, value: column, code: 'directory.import.unknownColumn' });
  const missing = requiredColumns[kind].filter((among: readonly string[]) => !among.some((column) => places.has(column)));
  for (const [column = ''] of missing) {
    const usual = usualHeading(kind, column);
    problems.refuse({ file, line, column: usual, value: '', code: 'directory.import.missingColumn', params: { column: usual } });
  }
  const strange = unknown.map(({ index, heading: name }) => ({ heading: name, samples: samplesOf({ rest, index }) }));
  const rows = rest.map(({ line: at, cells }) => ({
    line: at,
    value: (column: string) => {
      const place = places.get(column);
      return place === undefined ? undefined : unmarked((cells[place.index] ?? '').trim());
    },
    heading: (column: string) => places.get(column)?.heading ?? usualHeading(kind, column),
  }));
  return { rows: missing.length > 0 ? [] : rows, strange, hasColumn: (column) => places.has(column) };
}

function samplesOf({ rest, index }: { rest: readonly Line[]; index: number }): readonly string[] {
  const filled = rest.slice(0, 200).map(({ cells }) => (cells[index] ?? '').trim());
  return [...new Set(filled.filter((value) => value !== ''))].slice(0, 20);
}
