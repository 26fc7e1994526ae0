import { toCsv } from '#contract/audit/index.ts';
import type { Exported } from './auditPages.ts';
import { entryTexts, faultTexts, lookingTexts, type RowWords } from './rowTexts.ts';

/** Columns of the lists, in the order of the screen. */
export const listColumns = {
  looking: ['from', 'until', 'length', 'who', 'desk', 'camera', 'number', 'place', 'purpose', 'tile', 'how'],
  audit: ['at', 'who', 'what', 'detail'],
  faults: ['from', 'until', 'length', 'camera', 'number', 'place', 'faultKind', 'reason', 'found', 'word'],
} as const;

/** What was exported, as a file for a spreadsheet in the language of the screen. */
export function registerList({ exported, words }: { exported: Exported; words: RowWords }): string {
  const heads = listColumns[exported.register].map((column) => words.t(`audit:column.${column}`));
  return toCsv([heads, ...linesOf(exported, words)]);
}

function linesOf({ register, page }: Exported, words: RowWords): readonly (readonly string[])[] {
  const made = { names: page, words };
  switch (register) {
    case 'looking':
      return page.rows.map((row) => pick(lookingTexts(row, made), listColumns.looking));
    case 'audit':
      return page.rows.map((row) => pick(entryTexts(row, made), listColumns.audit));
    case 'faults':
      return page.rows.map((row) => pick(faultTexts(row, made), listColumns.faults));
  }
}

function pick<Column extends string>(texts: Readonly<Record<Column, string>>, columns: readonly Column[]): readonly string[] {
  return columns.map((column) => texts[column]);
}
