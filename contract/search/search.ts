import { z } from 'zod';
import { safeText } from '#contract/values/index.ts';

/** What can be found. `looking` is a row of that register, `faults` a camera that has or had some. */
export const SearchKind = z.enum(['regions', 'centers', 'cameras', 'units', 'responders', 'faults', 'looking']);
export type SearchKind = z.infer<typeof SearchKind>;

/** Longest question, and most things that one answer holds. */
export const searchLimits = { textLength: 80, results: 50 } as const;

/** What is typed. Anything may be: it is taken apart into words and digits, nothing in it is an operator. */
export const SearchRequest = z.strictObject({ text: safeText({ maxLength: searchLimits.textLength }) });
export type SearchRequest = z.infer<typeof SearchRequest>;

/** One thing that was found: its id (a look: its number; faults: the camera's id), its names, and the regions it lies in, widest first. */
export const SearchResult = z.strictObject({
  kind: SearchKind,
  id: z.string().max(64),
  name: z.string().max(120),
  nameEn: z.string().max(160),
  place: z.array(z.strictObject({ name: z.string().max(60), nameEn: z.string().max(80) })).max(8),
});
export type SearchResult = z.infer<typeof SearchResult>;

/** What was found in what the asker may read; nothing else is counted. `more` = there are others beside these. */
export const SearchAnswer = z.strictObject({ results: z.array(SearchResult).max(searchLimits.results), more: z.boolean() });
export type SearchAnswer = z.infer<typeof SearchAnswer>;
