import { granted, type Result, refused } from '#contract/values/index.ts';

/** A number that a spreadsheet has rewritten: 3.4E+19. The digits behind the first ones are gone. */
function isSpreadsheetFloat(text: string): boolean {
  return /^\d(\.\d+)?e\+?\d+$/i.test(text);
}

/** Reads a GB/T 28181 device id: exactly 20 digits; '' = none. */
export function readGbId(text: string): Result<string | null, string> {
  const plain = withoutTextMark(text);
  if (plain === '') return granted(null);
  if (isSpreadsheetFloat(plain)) return refused('directory.import.spreadsheetFloat');
  if (!/^\d+$/.test(plain)) return refused('directory.import.gbIdNotDigits');
  if (plain.length !== 20) return refused('directory.import.gbIdLength', { length: plain.length });
  return granted(plain);
}

/** Reads the short number that people say over the phone; '' = none. */
export function readNumber(text: string): Result<string | null, string> {
  const plain = withoutTextMark(text);
  if (plain === '') return granted(null);
  if (isSpreadsheetFloat(plain)) return refused('directory.import.spreadsheetFloat');
  if (plain.length > 16) return refused('directory.import.tooLong', { most: 16 });
  return granted(plain);
}

/** Reads a division or grid code; '' = none. */
export function readCode(text: string): Result<string, string> {
  const plain = withoutTextMark(text);
  if (isSpreadsheetFloat(plain)) return refused('directory.import.spreadsheetFloat');
  return plain.length > 32 ? refused('directory.import.tooLong', { most: 32 }) : granted(plain);
}

/** Reads a seat's phone number as it is dialled; '' = none. */
export function readPhone(text: string): Result<string, string> {
  const plain = withoutTextMark(text);
  if (isSpreadsheetFloat(plain)) return refused('directory.import.spreadsheetFloat');
  return plain.length > 32 ? refused('directory.import.tooLong', { most: 32 }) : granted(plain);
}

/** A spreadsheet keeps `0012` only as text: written '0012 or ="0012". */
export function withoutTextMark(text: string): string {
  return text
    .replace(/^="(.*)"$/, '$1')
    .replace(/^'/, '')
    .trim();
}

const marked = /^'(?=[=+\-@\t\r'])/;

/** A cell that a spreadsheet would run as a formula, made text by a quote in front; `unmarked` takes exactly that away again. */
export function asTextCell(value: string): string {
  return /^[=+\-@\t\r]/.test(value) || marked.test(value) ? `'${value}` : value;
}

export function unmarked(value: string): string {
  return value.replace(marked, '');
}

/** Whether a known id is this text with zeros in front: the classic damage of opening a list in a spreadsheet. */
export function lostZeros({ text, isKnown }: { text: string; isKnown: (text: string) => boolean }): string | null {
  if (!/^\d+$/.test(text) || isKnown(text)) return null;
  const padded = Array.from({ length: 12 }, (_, zeros) => '0'.repeat(zeros + 1) + text);
  return padded.find(isKnown) ?? null;
}
