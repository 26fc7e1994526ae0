import { type AuditPage, type LookingPage, toCsv } from '#contract/audit/index.ts';
import { entryTexts, lookingTexts, type RowWords } from './rowTexts.ts';

/** Columns of the lists, in the order of the screen. */
export const listColumns = {
  looking: ['from', 'until', 'length', 'who', 'desk', 'camera', 'number', 'place', 'purpose', 'tile', 'how'],
  audit: ['at', 'who', 'what', 'detail'],
} as const;

/** What was exported, as a file for a spreadsheet in the language of the screen. */
export function registerList({
  exported,
  words,
}: {
  exported: { register: 'looking' | 'audit'; page: LookingPage | AuditPage };
  words: RowWords;
}): string {
  const { register, page } = exported;
  const heads = listColumns[register].map((column) => words.t(`audit:column.${column}`));
  const lines =
    register === 'looking'
      ? (page as LookingPage).rows.map((row) => {
          const texts = lookingTexts(row, { names: page, words });
          return listColumns.looking.map((column) => texts[column]);
        })
      : (page as AuditPage).rows.map((row) => {
          const texts = entryTexts(row, { names: page, words });
          return listColumns.audit.map((column) => texts[column]);
        });
  return toCsv([heads, ...lines]);
}
