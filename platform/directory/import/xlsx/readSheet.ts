import { granted, type Result, refused } from '#contract/values/index.ts';
import type { Line } from '../lines.ts';
import { scanXml, XmlRefused } from '../../../xml/index.ts';
import { openZip, type Zip } from './zip.ts';

/** Columns beyond it hold nothing that an import knows. */
const maxColumns = 256;

/** The first sheet of a workbook as lines of text; empty lines are left out. Formulas count by their last value. */
export function readSheet(bytes: Buffer, { maxLines }: { maxLines: number }): Result<readonly Line[], string> {
  const zip = openZip(bytes);
  if (!zip.ok) return zip;
  try {
    const sheet = zip.value.read(firstSheet(zip.value));
    const strings = zip.value.read('xl/sharedStrings.xml');
    if (!sheet.ok) return sheet;
    if (!strings.ok) return strings;
    if (sheet.value === null) return refused('directory.import.notXlsx');
    return granted(readLines({ xml: sheet.value, strings: strings.value === null ? [] : readStrings(strings.value), maxLines }));
  } catch (error) {
    if (error instanceof XmlRefused) return refused(`directory.import.${error.code}`);
    throw error;
  }
}

/** The workbook names its sheets in order and points to their files; without that the first file is taken. */
function firstSheet(zip: Zip): string {
  const fallback = 'xl/worksheets/sheet1.xml';
  const [workbook, relations] = [zip.read('xl/workbook.xml'), zip.read('xl/_rels/workbook.xml.rels')];
  if (!workbook.ok || !relations.ok || workbook.value === null || relations.value === null) return fallback;
  let wanted: string | null = null;
  scanXml(workbook.value, {
    open: (name, attribute) => void (name === 'sheet' && (wanted ??= attribute('r:id'))),
    text: () => {},
    close: () => {},
  });
  let target: string | null = null;
  scanXml(relations.value, {
    open: (name, attribute) => void (name === 'Relationship' && attribute('Id') === wanted && (target ??= attribute('Target'))),
    text: () => {},
    close: () => {},
  });
  const path = (target ?? 'worksheets/sheet1.xml') as string;
  return path.startsWith('/') ? path.slice(1) : `xl/${path}`;
}

/** Shared strings: text in pieces (rich text) belongs together, readings (rPh) do not belong to it. */
function readStrings(xml: Buffer): readonly string[] {
  const strings: string[] = [];
  let [text, isText, readings] = ['', false, 0];
  scanXml(xml, {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') readings += 1;
      isText = name === 't' && readings === 0;
    },
    text: (piece) => void (isText && (text += piece)),
    close(name) {
      isText = false;
      if (name === 'rPh') readings -= 1;
      if (name === 'si') strings.push(text);
    },
  });
  return strings;
}

function readLines({ xml, strings, maxLines }: { xml: Buffer; strings: readonly string[]; maxLines: number }): readonly Line[] {
  const lines: Line[] = [];
  let [line, column, type, text, isValue] = [0, -1, 'n', '', false];
  let cells: string[] = [];
  scanXml(xml, {
    open(name, attribute) {
      if (name === 'row') [line, column, cells] = [Number(attribute('r') ?? line + 1), -1, []];
      if (name === 'c') [column, type, text] = [columnOf(attribute('r')) ?? column + 1, attribute('t') ?? 'n', ''];
      isValue = name === 'v' || (name === 't' && type === 'inlineStr');
    },
    text: (piece) => void (isValue && (text += piece)),
    close(name) {
      isValue = false;
      if (name === 'c' && column < maxColumns) cells[column] = cellText({ type, text, strings });
      if (name === 'row' && lines.length <= maxLines && cells.some((cell) => cell !== undefined && cell.trim() !== '')) {
        lines.push({ line, cells: Array.from(cells, (cell) => cell ?? '') });
      }
    },
  });
  return lines;
}

function columnOf(place: string | null): number | null {
  const letters = /^[A-Z]{1,3}/.exec(place ?? '')?.[0];
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function cellText({ type, text, strings }: { type: string; text: string; strings: readonly string[] }): string {
  switch (type) {
    case 's':
      return strings[Number(text)] ?? '';
    case 'n':
      return numberText(text);
    default:
      return text;
  }
}

/** A spreadsheet's number has 15 digits. More were lost when the cell became a number: written so that no reader takes it for an id. */
function numberText(text: string): string {
  if (text === '' || /^-?\d{1,15}$/.test(text)) return text;
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  return Math.abs(value) >= 1e15 ? value.toExponential() : String(Number(value.toPrecision(15)));
}
