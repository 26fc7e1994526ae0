import { z } from 'zod';
import { safeText } from '#contract/values/index.ts';

/** Files of an import folder as bytes: the platform decodes them (GBK, UTF-16, byte order marks). At most 64 MiB of base64 together. */
export const ImportRequest = z.strictObject({
  files: z
    .array(z.strictObject({ name: safeText({ maxLength: 120 }), base64: z.string().max(67_108_864) }))
    .min(1)
    .max(16),
  /** `all` = nothing is taken over while a row is refused; `partial` = the good rows are; `none` = a dry run. */
  take: z.enum(['all', 'partial', 'none']),
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

const RowCounts = z.strictObject({
  read: z.int().min(0),
  added: z.int().min(0),
  changed: z.int().min(0),
  unchanged: z.int().min(0),
  refused: z.int().min(0),
});

/** A heading that no alias knows, what it probably means (null = nothing fits), why (a code of `directory.guess`), and values under it. */
export const ColumnProposal = z.strictObject({
  kind: z.enum(['cameras', 'centers', 'units', 'responders']),
  heading: z.string().max(120),
  field: z.string().max(32).nullable(),
  why: z.string().max(32),
  samples: z.array(z.string().max(40)).max(3),
});
export type ColumnProposal = z.infer<typeof ColumnProposal>;

/**
 * What an import found and did. `revision` null = nothing was taken over (problems, or everything was there already). `problems` holds
 * the first 500; `problemCount` counts all. `notes` are beliefs worth knowing (encodings, coordinates), codes like problems.
 */
export const ImportReport = z.strictObject({
  revision: z.int().min(1).nullable(),
  rows: RowCounts,
  /** The same by kind of row, for the kinds that the folder speaks of. */
  kinds: z.array(RowCounts.extend({ kind: z.enum(['regions', 'centers', 'units', 'responders', 'cameras']) })).max(5),
  problemCount: z.int().min(0),
  problems: z.array(ImportProblem).max(500),
  notes: z.array(ImportProblem).max(100),
  /** Only after a dry run. */
  proposals: z.array(ColumnProposal).max(200),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** A directory as files, the same ones that an import reads. */
export const ExportFolder = z.strictObject({ files: z.array(z.strictObject({ name: z.string().max(120), base64: z.string() })) });
export type ExportFolder = z.infer<typeof ExportFolder>;

/** What an export asks for. `streams: 'with'` brings the cameras' addresses, passwords included. */
export const ExportRequest = z.strictObject({ streams: z.enum(['with', 'without']) });
export type ExportRequest = z.infer<typeof ExportRequest>;
