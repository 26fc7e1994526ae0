import type { z } from 'zod';
import { evidenceFacts } from '#contract/audit/index.ts';
import type { EvidenceId } from '#contract/evidence/index.ts';
import type { ErasureReason } from '#contract/record/index.ts';
import type { RecordStore } from '../record/index.ts';

/** The payload of `evidence.taken`. */
export type Taken = z.infer<(typeof evidenceFacts)['evidence.taken']>;

/** What the record knows of one kept picture. */
export type EvidenceEntry = {
  readonly taken: Taken;
  readonly takenAtMs: number;
  readonly erasure: { readonly atMs: number; readonly reason: ErasureReason } | null;
};

const pageRows = 500;
const types = ['evidence.taken', 'evidence.erased'];

/** Reads what was ever kept out of the register that follows the record, oldest first. */
export async function readEntries(store: Pick<RecordStore, 'readAudit'>): Promise<Map<EvidenceId, EvidenceEntry>> {
  const filter = { fromMs: null, untilMs: null, personId: null, types };
  const rows = [];
  for (let beforeSeq: number | null = null; ; ) {
    const page = await store.readAudit({ filter, beforeSeq, limit: pageRows });
    rows.push(...page.rows);
    const last = page.rows.at(-1);
    if (last === undefined || page.rows.length < pageRows) break;
    beforeSeq = last.seq;
  }
  const entries = new Map<EvidenceId, EvidenceEntry>();
  for (const { type, atMs, payload } of rows.toReversed()) {
    const content: unknown = JSON.parse(payload);
    const taken = type === 'evidence.taken' ? evidenceFacts['evidence.taken'].safeParse(content) : null;
    const erased = type === 'evidence.erased' ? evidenceFacts['evidence.erased'].safeParse(content) : null;
    if (taken?.success === true) entries.set(taken.data.evidenceId, { taken: taken.data, takenAtMs: atMs, erasure: null });
    const entry = erased?.success === true ? entries.get(erased.data.evidenceId) : undefined;
    if (entry !== undefined && erased?.success === true)
      entries.set(entry.taken.evidenceId, { ...entry, erasure: { atMs, reason: erased.data.reason } });
  }
  return entries;
}
