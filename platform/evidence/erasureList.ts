import path from 'node:path';
import { z } from 'zod';
import { EvidenceId } from '#contract/evidence/index.ts';
import { ErasureReason } from '#contract/record/index.ts';
import { EpochMs } from '#contract/values/index.ts';
import { createLastingFile, type LastingList } from '../record/index.ts';
import type { EvidenceErasure } from './ports.ts';

const Row = z.strictObject({ evidenceId: EvidenceId, atMs: EpochMs, reason: ErasureReason });

const listName = 'evidence-erasures.jsonl';

/** What was ever erased, in a data folder: it says nothing of what the pictures showed. */
export function createEvidenceErasures(folder: string): LastingList<EvidenceErasure> {
  return createLastingFile({ file: path.join(folder, listName), row: Row });
}
