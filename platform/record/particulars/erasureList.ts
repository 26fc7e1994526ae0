import { z } from 'zod';
import { ErasureReason, ParticularsReference } from '#contract/record/index.ts';
import { EpochMs } from '#contract/values/index.ts';
import { createLastingFile, createPassingList, type LastingList } from '../lastingFile.ts';

/** One text that is gone for good: which, since when, why. It says nothing of what the text was. */
export const Erasure = z.strictObject({ reference: ParticularsReference, atMs: EpochMs, reason: ErasureReason });
export type Erasure = z.infer<typeof Erasure>;

/** What was ever erased, kept beside the database and never in it: an older database that is put back learns from it what must go again. */
export type ErasureList = LastingList<Erasure>;

/** The list's file name in a data folder. */
export const erasureListName = 'erasures.jsonl';

/** The list in a data folder. */
export function createErasureFile(file: string): ErasureList {
  return createLastingFile({ file, row: Erasure });
}

/** A list that is forgotten with the process. */
export function createPassingErasures(): ErasureList {
  return createPassingList();
}
