import { describe, expect, test } from 'vitest';
import type { Actor, FeedName, Position } from '#contract/record/index.ts';
import type { CountyId } from '#contract/values/index.ts';
import { backOffLimits, backOffMs } from './backOff.ts';
import { clockOffsetMs } from './clockOffset.ts';
import { compareHead } from './heads.ts';
import { nextShipment, shipmentLimits } from './shipment.ts';
import { addChunk, type SnapshotChunk } from './snapshotAssembly.ts';

const feed = 'county/al' as FeedName;
const place = (seq: number, hash = 'a'.repeat(64), epoch = 'e1'): Position => ({ feed, epoch, seq, hash });

test('a platform that stays away is asked less and less often, and never by all desks at once', () => {
  const waits = [1, 2, 3, 20].map((attempt) => [0, 0.999].map((lot) => backOffMs({ attempt, randomness: () => lot })));
  expect(waits).toEqual([
    [250, 500],
    [500, 1000],
    [1000, 1999],
    [backOffLimits.longestMs / 2, 14993],
  ]);
});

test('the clock offset is the median: one slow answer does not move it', () => {
  const sample = (askedAtMs: number, tookMs: number, offsetMs: number) => {
    return { askedAtMs, answeredAtMs: askedAtMs + tookMs, platformNowMs: askedAtMs + tookMs / 2 + offsetMs };
  };
  expect(clockOffsetMs([sample(0, 10, 500), sample(20, 12, 501), sample(40, 3000, 1900), sample(60, 8, 499), sample(80, 10, 500)])).toBe(
    500,
  );
});

describe('a head', () => {
  const cursor = { feed, position: place(5), held: [] };
  test('behind, level, and of another history are told apart', () => {
    const heads = [place(5), place(8), place(5, 'b'.repeat(64)), place(4), place(5, 'a'.repeat(64), 'e2')];
    expect(heads.map((head) => compareHead(cursor, head))).toEqual([
      { kind: 'level' },
      { kind: 'behind', missing: 3 },
      { kind: 'otherHistory' },
      { kind: 'otherHistory' },
      { kind: 'otherHistory' },
    ]);
  });
});

describe('a shipment', () => {
  const numbered = (seq: number, length = 10) => ({
    seq,
    fact: {
      countyId: 'al' as CountyId,
      type: 'wall.tileCleared',
      v: 1,
      atMs: 0,
      actor: 'device/d' as Actor,
      commandId: null,
      subject: 'desk/d',
      payload: 'x'.repeat(length),
    },
  });
  const seqs = (facts: ReturnType<typeof nextShipment>) => facts.map(({ seq }) => seq);

  test('starts right behind what is settled and stops at a hole', () => {
    const facts = [3, 4, 6].map((seq) => numbered(seq));
    expect([seqs(nextShipment({ settledSeq: 2, facts })), seqs(nextShipment({ settledSeq: 1, facts }))]).toEqual([[3, 4], []]);
  });

  test('stays below the size of a message but always holds one fact', () => {
    const facts = [1, 2, 3].map((seq) => numbered(seq, shipmentLimits.textLength / 2));
    expect([seqs(nextShipment({ settledSeq: 0, facts })), seqs(nextShipment({ settledSeq: 0, facts: [numbered(1, 30_000)] }))]).toEqual([
      [1],
      [1],
    ]);
  });
});

describe('a snapshot in chunks', () => {
  const chunk = (number: number, changes: Partial<SnapshotChunk> = {}): SnapshotChunk => {
    return { kind: 'snapshot', position: place(9), why: 'noPosition', chunk: number, chunks: 2, text: `part ${number};`, ...changes };
  };
  test('is whole when its last chunk came', () => {
    const first = addChunk(null, chunk(0));
    const assembly = first.kind === 'more' ? first.assembly : null;
    expect(addChunk(assembly, chunk(1))).toEqual({ kind: 'whole', text: 'part 0;part 1;' });
    const wrong = [chunk(0), chunk(1, { chunks: 3 }), chunk(1, { position: place(10) })];
    expect(wrong.map((next) => addChunk(assembly, next).kind)).toEqual(['broken', 'broken', 'broken']);
  });
});
