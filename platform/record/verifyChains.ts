import { chainHash, epochStartHash, genesisHash, type Position } from '#contract/record/index.ts';
import { sha256 } from './sha256.ts';
import type { RecordStore } from './store.ts';

/** What a verification found: how many places were computed anew, and the first thing that does not fit (null = everything fits). */
export type ChainReport = { readonly places: number; readonly problem: string | null };

const chunkSize = 1_000;

/** Computes every feed's chain anew, in every epoch, from its first fact (or from where a restore let it go on) to its head. */
export async function verifyChains(store: RecordStore): Promise<ChainReport> {
  let places = 0;
  for (const head of await store.heads()) {
    const from = await chainStart(store, head);
    if (from === null) return { places, problem: `${head.feed}: epoch ${head.epoch} does not go on from the one before` };
    const end = await recompute({ store, from, head });
    places += end.seq - from.seq;
    if (end.hash !== head.hash || end.seq !== head.seq) {
      return { places, problem: `${head.feed}: the chain fits up to ${end.seq}, its head says ${head.seq}` };
    }
  }
  return { places, problem: null };
}

async function chainStart(store: RecordStore, { feed, epoch }: Position): Promise<Position | null> {
  const start = await store.readEpochStart({ feed, epoch });
  if (start === null) return { feed, epoch, seq: 0, hash: genesisHash({ feed, epoch, sha256 }) };
  const { after, position } = start;
  const follows = position.hash === epochStartHash({ after, epoch, sha256 }) && (await store.hashAt(after)) === after.hash;
  return follows ? position : null;
}

/** The last place up to which the chain fits. */
async function recompute({ store, from, head }: { store: RecordStore; from: Position; head: Position }): Promise<Position> {
  let end = from;
  while (end.seq < head.seq) {
    const { feed, epoch, seq: afterSeq } = end;
    const facts = await store.readFacts({ feed, epoch, afterSeq, limit: chunkSize });
    if (facts.length === 0) return end;
    for (const { fact, seq, hash } of facts) {
      const fits = seq === end.seq + 1 && hash === chainHash({ prevHash: end.hash, seq, fact, sha256 });
      if (!fits) return end;
      end = { feed, epoch, seq, hash };
    }
  }
  return end;
}
