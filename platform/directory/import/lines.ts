import { CsvError, parse } from 'csv-parse/sync';
import { decodeText } from './decodeText.ts';
import type { Problems } from './problems.ts';
import { readSheet } from './xlsx/readSheet.ts';

/** More rows than any county has of anything; beyond it the file is something else. */
export const maxRows = 100_000;
const maxRecordBytes = 64 * 1024;

/** One line of a table: where it begins (from 1), and its cells as text. */
export type Line = { readonly line: number; readonly cells: readonly string[] };

/** Reads a table's lines, whatever it was saved as. Null when it cannot be read; why is among the problems. */
export function readLines({ name, bytes, problems }: { name: string; bytes: Buffer; problems: Problems }): readonly Line[] | null {
  const about = { file: name, line: 0, column: null, value: '' };
  const lines = name.toLowerCase().endsWith('.xlsx') ? xlsxLines({ name, bytes, problems }) : csvLines({ name, bytes, problems });
  if (lines === null) return null;
  if (lines.length < 2) {
    problems.refuse({ ...about, line: 1, code: 'directory.import.empty' });
    return null;
  }
  if (lines.length - 1 > maxRows) {
    problems.refuse({ ...about, code: 'directory.import.tooManyRows', params: { count: lines.length - 1, most: maxRows } });
    return null;
  }
  return lines;
}

function xlsxLines({ name, bytes, problems }: { name: string; bytes: Buffer; problems: Problems }): readonly Line[] | null {
  const sheet = readSheet(bytes, { maxLines: maxRows + 2 });
  if (sheet.ok) return sheet.value;
  problems.refuse({ file: name, line: 0, column: null, value: '', code: sheet.refusal.code });
  return null;
}

function csvLines({ name, bytes, problems }: { name: string; bytes: Buffer; problems: Problems }): readonly Line[] | null {
  const about = { file: name, line: 1, column: null, value: '' };
  const { text, encoding, replaced } = decodeText(bytes);
  if (encoding !== 'utf-8') problems.note({ ...about, line: 0, code: 'directory.import.decodedAs', params: { encoding } });
  if (replaced > 0) problems.refuse({ ...about, code: 'directory.import.unreadable', params: { count: replaced } });
  try {
    let endBefore = 0;
    // Told line by line: what the parser knows about each record is dropped at once, 50,000 of them are a large part of an import's memory.
    const toLine = (cells: readonly string[], { lines: end }: { lines: number }): Line => {
      const line = firstLineOf({ cells, end, endBefore });
      endBefore = end;
      return { line, cells };
    };
    return parse(text, {
      bom: true,
      // Its types know only records that stay lists of cells.
      on_record: toLine as never,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: maxRecordBytes,
    }) as unknown as readonly Line[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: unknown }).lines ?? 0);
    problems.refuse({ ...about, line, code: 'directory.import.brokenCsv', params: { reason: error.code } });
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
function firstLineOf({ cells, end, endBefore }: { cells: readonly string[]; end: number; endBefore: number }): number {
  const breaks = cells.reduce((sum, value) => sum + (value.match(/\n/g)?.length ?? 0), 0);
  return Math.max(end - breaks, endBefore + 1);
}
