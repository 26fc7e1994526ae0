import { describe, expect, test } from 'vitest';
import type { Actor, FeedName, Position } from '#contract/record/index.ts';
import type { CameraId, CommandId, CountyId, PersonId } from '#contract/values/index.ts';
import { backOffLimits, backOffMs } from './backOff.ts';
import { clockOffsetMs } from './clockOffset.ts';
import { compareHead } from './heads.ts';
import { compactOutbox, emptyOutbox, foldOutbox, nextStep, nextTooOldMs, type OutboxRecord, sendWithinMs, waitingFor } from './outbox.ts';
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

describe('the outbox', () => {
  const wang = 'p-wang' as PersonId;
  const li = 'p-li' as PersonId;
  const queued = (id: string, personId: PersonId, askedAtMs = 0): OutboxRecord => ({
    kind: 'queued',
    entry: {
      commandId: id as CommandId,
      personId,
      askedAtMs,
      command: { type: 'cameras.clearFault', cameraId: 'c' as CameraId },
      deskSeq: null,
    },
  });
  const sending = (id: string, deskSeq: number): OutboxRecord => ({ kind: 'sending', commandId: id as CommandId, deskSeq });
  const fold = (records: readonly OutboxRecord[]) => records.reduce(foldOutbox, emptyOutbox);
  const versionOf = () => 3;
  const step = (records: readonly OutboxRecord[], personId: PersonId | null, nowMs = 0) => {
    const next = nextStep(fold(records), { personId, nowMs, versionOf });
    return next && { id: next.entry.commandId, seq: next.deskSeq };
  };
  const word = (id: string, said: 'send' | 'discard', atMs: number): OutboxRecord => {
    return { kind: 'word', commandId: id as CommandId, word: said, atMs, lookedAtVersion: 3 };
  };
  const looked = (id: string, lookedAtVersion: number, personId = wang): OutboxRecord => {
    const record = queued(id, personId);
    return record.kind === 'queued' ? { ...record, entry: { ...record.entry, personName: personId, lookedAtVersion } } : record;
  };
  const whys = (records: readonly OutboxRecord[], nowMs = 0) =>
    waitingFor(fold(records), { personId: wang, nowMs, versionOf }).own.map(({ commandId, why }) => [commandId, why]);

  test('sends only what belongs to the person at the desk', () => {
    const records = [queued('a', wang), queued('b', li)];
    expect([step(records, null), step(records, li), step(records, wang)]).toEqual([null, { id: 'b', seq: 1 }, { id: 'a', seq: 1 }]);
  });

  test('asks again for a sent one first and under its old number, however old it is', () => {
    const records = [queued('a', wang), queued('b', wang), sending('b', 4)];
    expect(step(records, wang, 10 * sendWithinMs)).toEqual({ id: 'b', seq: 4 });
  });

  test('keeps one that never left the desk for its person’s word after a minute, and lets younger ones pass', () => {
    const late = sendWithinMs + 1;
    expect([step([queued('a', wang)], wang, sendWithinMs), step([queued('a', wang)], wang, late)]).toEqual([{ id: 'a', seq: 1 }, null]);
    const records = [queued('a', wang), queued('b', wang, late)];
    expect([step(records, wang, late), whys(records, late), nextTooOldMs(fold(records), late)]).toEqual([
      { id: 'b', seq: 1 },
      [
        ['a', 'tooOld'],
        ['b', 'queued'],
      ],
      late + sendWithinMs + 1,
    ]);
  });

  test('keeps one whose camera has changed since its person looked', () => {
    const records = [looked('a', 2), looked('b', 3)];
    expect([step(records, wang), whys(records)]).toEqual([
      { id: 'b', seq: 1 },
      [
        ['a', 'movedOn'],
        ['b', 'queued'],
      ],
    ]);
  });

  test('does not hold a person’s own earlier change of the same camera against what he asked for next', () => {
    const records = [looked('a', 2), looked('b', 2), looked('c', 2, li), sending('a', 1)];
    const settled: OutboxRecord = { kind: 'settled', commandId: 'a' as CommandId, factCount: 1 };
    expect([whys(records), whys([...records, settled]), step([...records, settled], li)]).toEqual([
      [
        ['a', 'sent'],
        ['b', 'queued'],
      ],
      [['b', 'queued']],
      null,
    ]);
  });

  test('sends on a word, which counts for another minute and for what was seen when it was given; a discarded one is gone', () => {
    const late = 10 * sendWithinMs;
    const records = [looked('a', 2), looked('b', 2), word('a', 'send', late), word('b', 'discard', late)];
    expect([step(records, wang, late), step(records, wang, late + sendWithinMs + 1), whys(records, late)]).toEqual([
      { id: 'a', seq: 1 },
      null,
      [['a', 'queued']],
    ]);
  });

  test('tells others only how many wait, and whose they are', () => {
    const { own, others } = waitingFor(fold([looked('a', 3, li), looked('b', 3), looked('c', 3, li)]), {
      personId: wang,
      nowMs: 0,
      versionOf,
    });
    expect([own.map(({ commandId }) => commandId), others]).toEqual([['b'], [{ name: 'p-li', count: 2 }]]);
  });

  test('keeps counting after its settled entries were thrown away', () => {
    const records = [queued('a', wang), sending('a', 7), { kind: 'settled', commandId: 'a' as CommandId } as const, queued('b', wang)];
    const again = compactOutbox(fold(records)).reduce(foldOutbox, emptyOutbox);
    expect([again, again.nextDeskSeq]).toEqual([fold(records), 8]);
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
