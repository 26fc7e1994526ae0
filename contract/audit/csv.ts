/** Excel takes a file without it for the machine's own code page, and Chinese for rubbish. */
const byteOrderMark = '\uFEFF';

/** What a spreadsheet would run instead of show (OWASP, "CSV injection"). */
const startsFormula = /^[=+\-@\t\r]/;

/**
 * A table as CSV (RFC 4180, CRLF) for a spreadsheet: with a byte order mark, every cell quoted, a cell that begins like a formula made
 * text with an apostrophe.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `${byteOrderMark}${rows.map((cells) => `${cells.map(toCell).join(',')}\r\n`).join('')}`;
}

function toCell(text: string): string {
  const inert = startsFormula.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}
