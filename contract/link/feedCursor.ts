import { chainHash, type Fact, type FeedFact, type FeedName, genesisHash, type Position } from '#contract/record/index.ts';
import type { Sha256 } from '#contract/values/index.ts';

/** Where this reader is in one feed, and what came too early. `position` null = nothing yet: a snapshot is wanted. */
export type FeedCursor = { readonly feed: FeedName; readonly position: Position | null; readonly held: readonly FeedFact[] };

/** Facts that wait for a gap to be filled; beyond it the pull brings them again anyway. */
export const maxHeldFacts = 2_000;

/**
 * What came of a batch. `gap` = facts in between are missing; `otherEpoch` = the platform speaks of another history;
 * `brokenChain` = a fact in its place that does not follow from the one before: it is not applied.
 */
export type Applied = {
  readonly cursor: FeedCursor;
  readonly facts: readonly Fact[];
  readonly trouble: 'none' | 'gap' | 'otherEpoch' | 'brokenChain';
};

/** A feed that was never read. */
export function newCursor(feed: FeedName): FeedCursor {
  return { feed, position: null, held: [] };
}

/**
 * The apply rule of protocol.md: `seq = last + 1` apply (its hash must follow from ours), `<= last` drop, `> last + 1` hold.
 * Pure; facts of other feeds must not be passed.
 */
export function applyFacts(cursor: FeedCursor, { facts, sha256 }: { facts: readonly FeedFact[]; sha256: Sha256 }): Applied {
  const waiting = bySeq([...cursor.held, ...facts]);
  let { position } = cursor;
  if (position === null) return { cursor: { ...cursor, held: waiting.slice(0, maxHeldFacts) }, facts: [], trouble: 'none' };
  const applied: Fact[] = [];
  const held: FeedFact[] = [];
  for (const next of waiting) {
    if (next.epoch !== position.epoch) return { cursor: { ...cursor, position, held: [] }, facts: applied, trouble: 'otherEpoch' };
    if (next.seq <= position.seq) continue;
    if (next.seq > position.seq + 1) {
      if (held.at(-1)?.seq !== next.seq) held.push(next);
      continue;
    }
    if (!follows(position, { next, sha256 })) return { cursor: { ...cursor, position, held: [] }, facts: applied, trouble: 'brokenChain' };
    position = placeOf(next);
    applied.push(next.fact);
  }
  const trouble = held.length > 0 ? 'gap' : 'none';
  return { cursor: { ...cursor, position, held: held.slice(0, maxHeldFacts) }, facts: applied, trouble };
}

/** Takes over a snapshot's place, then what was held behind it. Held facts of another epoch fall away. */
export function adoptSnapshot(cursor: FeedCursor, { position, sha256 }: { position: Position; sha256: Sha256 }): Applied {
  const held = cursor.held.filter((fact) => fact.epoch === position.epoch);
  return applyFacts({ ...cursor, position, held }, { facts: [], sha256 });
}

/** The place before the first fact of an epoch: what an empty feed's reader holds. */
export function genesis({ feed, epoch, sha256 }: { feed: FeedName; epoch: string; sha256: Sha256 }): Position {
  return { feed, epoch, seq: 0, hash: genesisHash({ feed, epoch, sha256 }) };
}

function follows(position: Position, { next, sha256 }: { next: FeedFact; sha256: Sha256 }): boolean {
  return chainHash({ prevHash: position.hash, seq: next.seq, fact: next.fact, sha256 }) === next.hash;
}

function placeOf({ feed, epoch, seq, hash }: FeedFact): Position {
  return { feed, epoch, seq, hash };
}

function bySeq(facts: readonly FeedFact[]): readonly FeedFact[] {
  return facts.toSorted((a, b) => a.seq - b.seq);
}
