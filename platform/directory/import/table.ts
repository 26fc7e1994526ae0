import { CsvError, type InfoRecord, parse } from 'csv-parse/sync';
import { type CameraColumn, readHeadings, usualHeading } from './columns.ts';
import type { DecodedText } from './decodeText.ts';
import type { Problems } from './problems.ts';

/** More rows than any county has cameras; beyond it the file is something else. */
export const maxRows = 100_000;
const maxRecordBytes = 64 * 1024;

/** One row of a table: its values by column (trimmed; '' = empty), and how to complain about them. */
export type TableRow = {
  readonly line: number;
  /** Undefined when the file has no such column. */
  value(column: CameraColumn): string | undefined;
  heading(column: CameraColumn): string;
};

type CsvLine = { readonly record: readonly string[]; readonly info: InfoRecord };

/** Reads a camera list: comma, semicolon or tab between values, headings by alias. Null when there is nothing to read; why is among the problems. */
export function readTable({
  file,
  decoded,
  problems,
}: {
  file: string;
  decoded: DecodedText;
  problems: Problems;
}): readonly TableRow[] | null {
  const about = { file, line: 1, column: null, value: '' };
  if (decoded.replaced > 0) problems.refuse({ ...about, code: 'directory.import.unreadable', params: { count: decoded.replaced } });
  const lines = parseLines({ file, text: decoded.text, problems });
  const [heading, ...rest] = lines ?? [];
  if (lines === null || heading === undefined || rest.length === 0) {
    if (lines !== null) problems.refuse({ ...about, code: 'directory.import.empty' });
    return null;
  }
  if (rest.length > maxRows) {
    problems.refuse({ ...about, code: 'directory.import.tooManyRows', params: { count: rest.length, most: maxRows } });
    return null;
  }
  const { places, unknown } = readHeadings(heading.record);
  for (const column of unknown) problems.note({ ...about, column, value: column, code: 'directory.import.unknownColumn' });
  const missing = (['name', 'region'] as const).filter((column) => !places.has(column));
  const lacksKey = !places.has('gbId') && !places.has('number');
  for (const column of [...missing, ...(lacksKey ? (['gbId'] as const) : [])]) {
    problems.refuse({
      ...about,
      column: usualHeading(column),
      code: 'directory.import.missingColumn',
      params: { column: usualHeading(column) },
    });
  }
  if (missing.length > 0 || lacksKey) return null;
  return rest.map(({ record }, index) => ({
    line: firstLineOf({ line: rest[index], before: index === 0 ? heading : rest[index - 1] }),
    value: (column) => {
      const place = places.get(column);
      return place === undefined ? undefined : (record[place.index] ?? '').trim();
    },
    heading: (column) => places.get(column)?.heading ?? usualHeading(column),
  }));
}

function parseLines({ file, text, problems }: { file: string; text: string; problems: Problems }): readonly CsvLine[] | null {
  try {
    const delimiter = delimiterOf(text);
    return parse(text, {
      bom: true,
      info: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: maxRecordBytes,
    }) as unknown as readonly CsvLine[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: unknown }).lines ?? 0);
    problems.refuse({ file, line, column: null, value: '', code: 'directory.import.brokenCsv', params: { reason: error.code } });
    return null;
  }
}

/** Whichever of the three the heading line holds most of. */
function delimiterOf(text: string): string {
  const heading = text.split(/\r?\n/, 1)[0] ?? '';
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: heading.split(sign).length }));
  return counted.toSorted((a, b) => b.count - a.count)[0]?.sign ?? ',';
}

/** csv-parse tells where a record ends; people look where it begins. Empty lines in between cannot be told apart from it. */
function firstLineOf({ line, before }: { line: CsvLine | undefined; before: CsvLine | undefined }): number {
  if (line === undefined) return 0;
  const breaks = line.record.reduce((sum, value) => sum + (value.match(/\n/g)?.length ?? 0), 0);
  return Math.max(line.info.lines - breaks, (before?.info.lines ?? 0) + 1);
}
