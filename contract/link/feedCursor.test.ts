import { describe, expect, test } from 'vitest';
import { type Actor, chainHash, type Fact, type FeedFact, type FeedName } from '#contract/record/index.ts';
import type { CountyId, Sha256 } from '#contract/values/index.ts';
import { adoptSnapshot, applyFacts, type FeedCursor, genesis } from './feedCursor.ts';

const feed = 'county/al' as FeedName;
// The chain only needs a function of the text that differs when the text differs.
const sha256: Sha256 = (text) =>
  [...text]
    .reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7)
    .toString(16)
    .padStart(64, '0');

function fact(number: number): Fact {
  return {
    countyId: 'al' as CountyId,
    type: 'cameras.sourceLost',
    v: 1,
    atMs: number,
    actor: 'system/gateway' as Actor,
    commandId: null,
    subject: 'camera/c',
    payload: `{"n":${number}}`,
  };
}

function chain(count: number, epoch = 'e1'): readonly FeedFact[] {
  const facts: FeedFact[] = [];
  let { hash } = genesis({ feed, epoch, sha256 });
  for (let seq = 1; seq <= count; seq += 1) {
    hash = chainHash({ prevHash: hash, seq, fact: fact(seq), sha256 });
    facts.push({ feed, epoch, seq, hash, fact: fact(seq) });
  }
  return facts;
}

const at = (seq: number, held: readonly FeedFact[] = []): FeedCursor => {
  const place = seq === 0 ? genesis({ feed, epoch: 'e1', sha256 }) : chain(seq).at(-1)!;
  return { feed, position: { feed, epoch: 'e1', seq, hash: place.hash }, held };
};
const outcome = ({ cursor, facts, trouble }: ReturnType<typeof applyFacts>) => ({
  seq: cursor.position?.seq,
  held: cursor.held.map(({ seq }) => seq),
  applied: facts.map(({ atMs }) => atMs),
  trouble,
});
const [one, two, three, four] = chain(4) as [FeedFact, FeedFact, FeedFact, FeedFact];

describe('the apply rule', () => {
  test('applies what follows and drops what it has', () => {
    expect(outcome(applyFacts(at(1), { facts: [one, two, three], sha256 }))).toEqual({
      seq: 3,
      held: [],
      applied: [2, 3],
      trouble: 'none',
    });
  });

  test('holds what came too early, and applies it when the gap is filled', () => {
    const early = applyFacts(at(0), { facts: [three, four, three], sha256 });
    expect([outcome(early), outcome(applyFacts(early.cursor, { facts: [two, one], sha256 }))]).toEqual([
      { seq: 0, held: [3, 4], applied: [], trouble: 'gap' },
      { seq: 4, held: [], applied: [1, 2, 3, 4], trouble: 'none' },
    ]);
  });

  test('never applies a fact that does not follow from the one before', () => {
    const forged = { ...two, fact: { ...two.fact, payload: '{"n":99}' } };
    expect(outcome(applyFacts(at(1), { facts: [forged, three], sha256 }))).toEqual({
      seq: 1,
      held: [],
      applied: [],
      trouble: 'brokenChain',
    });
  });

  test('says so when the platform speaks of another epoch', () => {
    expect(outcome(applyFacts(at(1), { facts: chain(2, 'e2'), sha256 }))).toEqual({ seq: 1, held: [], applied: [], trouble: 'otherEpoch' });
  });

  test('holds everything until a snapshot says where to begin, and then takes what lies behind it', () => {
    const waiting = applyFacts({ feed, position: null, held: [] }, { facts: [...chain(2, 'e0'), two, three, four], sha256 });
    const adopted = adoptSnapshot(waiting.cursor, { position: { feed, epoch: 'e1', seq: 2, hash: two.hash }, sha256 });
    expect([outcome(waiting).applied, outcome(adopted)]).toEqual([[], { seq: 4, held: [], applied: [3, 4], trouble: 'none' }]);
  });
});
