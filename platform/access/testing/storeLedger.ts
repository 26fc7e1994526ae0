import { granted, refused } from '#contract/values/index.ts';
import type { FactDraft, RecordStore } from '../../record/index.ts';
import type { AccessLedger, LedgerEntry } from '../ledger.ts';

/** A ledger straight into a store, without a writer: what it was told lies open, and `disk.isFull` makes it refuse like a full disk. */
export function createStoreLedger(store: RecordStore) {
  const told: FactDraft[] = [];
  const refusedLogins: string[] = [];
  const disk = { isFull: false };

  async function keep({ facts, change }: LedgerEntry) {
    if (disk.isFull) return refused('bus.notRecorded');
    await store.commit({ facts: [], receipts: [], settled: [], directory: null, access: [change] });
    told.push(...facts);
    return granted(null);
  }

  const ledger: AccessLedger = {
    keep,
    keepEnd: async (entry) => void (await keep(entry)),
    isWritable: async () => !disk.isFull,
    async loginRefused({ code }) {
      refusedLogins.push(code);
      return !disk.isFull;
    },
  };
  return { ledger, told, refusedLogins, disk };
}
