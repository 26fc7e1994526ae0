import { epochStartHash } from '#contract/record/index.ts';
import { sha256 } from './sha256.ts';
import type { RecordStore } from './store.ts';

/**
 * Says that this record is not the one that desks have followed so far: every feed goes on under `epoch` behind its last kept place.
 * Every desk then finds an unknown epoch and takes a snapshot.
 */
export async function beginEpoch({ store, epoch }: { store: RecordStore; epoch: string }): Promise<void> {
  const before = await store.epoch();
  const heads = (await store.heads()).filter((head) => head.epoch === before);
  const starts = heads.map((after) => ({ position: { ...after, epoch, hash: epochStartHash({ after, epoch, sha256 }) }, after }));
  await store.beginEpoch({ epoch, starts });
}
