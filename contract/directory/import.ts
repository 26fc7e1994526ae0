import { z } from 'zod';
import { safeText } from '#contract/values/index.ts';

/** Files of an import folder as bytes: the platform decodes them (GBK, UTF-16, byte order marks). At most 32 MiB of base64 together. */
export const ImportRequest = z.strictObject({
  files: z
    .array(z.strictObject({ name: safeText({ maxLength: 120 }), base64: z.string().max(33_554_432) }))
    .min(1)
    .max(16),
  /** `all` = nothing is taken over while a row is refused; `partial` = the good rows are. */
  take: z.enum(['all', 'partial']),
});
export type ImportRequest = z.infer<typeof ImportRequest>;

/** One thing wrong with one value. `line` counts from 1 with the heading; `column` as headed in the file. Codes are i18n keys of `directory.import`. */
export const ImportProblem = z.strictObject({
  file: z.string().max(120),
  line: z.int().min(0),
  column: z.string().max(120).nullable(),
  value: z.string().max(200),
  code: z.string().max(64),
  params: z.record(z.string().max(32), z.union([z.string(), z.number()])),
});
export type ImportProblem = z.infer<typeof ImportProblem>;

/**
 * What an import found and did. `revision` null = nothing was taken over (problems, or everything was there already). `problems` holds
 * the first 500; `problemCount` counts all. `notes` are beliefs worth knowing (encodings, coordinates), codes like problems.
 */
export const ImportReport = z.strictObject({
  revision: z.int().min(1).nullable(),
  rows: z.strictObject({
    read: z.int().min(0),
    added: z.int().min(0),
    changed: z.int().min(0),
    unchanged: z.int().min(0),
    refused: z.int().min(0),
  }),
  problemCount: z.int().min(0),
  problems: z.array(ImportProblem).max(500),
  notes: z.array(ImportProblem).max(100),
});
export type ImportReport = z.infer<typeof ImportReport>;
