import { createMemoryStore, type RecordStore } from '#platform/record/index.ts';

/** A store whose commits fail as soon as one of their facts is of the audit feed, while `disk.isFull`; it outlives its platform. */
export function createStoreWithoutAudit() {
  const store = createMemoryStore({ epoch: 'epoch-1' });
  const disk = { isFull: false };
  const commit: RecordStore['commit'] = async (batch) => {
    if (disk.isFull && batch.facts.some(({ fact }) => fact.type.startsWith('audit.'))) throw new Error('database or disk is full');
    await store.commit(batch);
  };
  return { disk, store: { ...store, commit, close: async () => {} } };
}
