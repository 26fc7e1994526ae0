import { asTextCell } from '../import/identifiers.ts';

/** One row's cells by heading; all rows of a table have the same headings. */
export type Cells = Readonly<Record<string, string>>;

/** Rows as CSV in UTF-8 with a byte order mark, which spreadsheets need to see Chinese. No cell runs as a formula. */
export function csvText(rows: readonly Cells[]): string {
  const headings = Object.keys(rows[0] ?? {});
  const lines = [headings, ...rows.map((row) => headings.map((heading) => row[heading] ?? ''))];
  return `\uFEFF${lines.map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`;
}

function quoted(value: string): string {
  const text = asTextCell(value);
  return /[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
