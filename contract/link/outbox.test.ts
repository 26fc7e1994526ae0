import { describe, expect, test } from 'vitest';
import type { CameraId, CommandId, PersonId } from '#contract/values/index.ts';
import { compactOutbox, emptyOutbox, foldOutbox, lookedAt, type OutboxRecord } from './outbox.ts';
import { nextStep, nextTooOldMs, sendWithinMs, waitingFor } from './outboxOrder.ts';

describe('the outbox', () => {
  const wang = 'p-wang' as PersonId;
  const li = 'p-li' as PersonId;
  const queued = (id: string, personId: PersonId, { askedAtMs = 0, camera = 'c' } = {}): OutboxRecord => ({
    kind: 'queued',
    entry: {
      commandId: id as CommandId,
      personId,
      askedAtMs,
      command: { type: 'cameras.clearFault', cameraId: camera as CameraId },
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
  const settled = (id: string, factCount: number): OutboxRecord => ({ kind: 'settled', commandId: id as CommandId, factCount });
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

  test('keeps one that never left the desk for its person’s word after a minute, and lets younger ones about other cameras pass', () => {
    const late = sendWithinMs + 1;
    expect([step([queued('a', wang)], wang, sendWithinMs), step([queued('a', wang)], wang, late)]).toEqual([{ id: 'a', seq: 1 }, null]);
    const records = [queued('a', wang), queued('b', wang, { askedAtMs: late, camera: 'd' })];
    expect([step(records, wang, late), whys(records, late), nextTooOldMs(fold(records), late)]).toEqual([
      { id: 'b', seq: 1 },
      [
        ['a', 'tooOld'],
        ['b', 'queued'],
      ],
      late + sendWithinMs + 1,
    ]);
  });

  test('keeps one whose camera has changed since its person looked, and lets nothing about that camera overtake it', () => {
    const records = [looked('a', 2), looked('b', 3), queued('c', wang, { camera: 'd' })];
    const said = [...records, word('a', 'send', 0)];
    expect([step(records, wang), whys(records), step(said, wang), whys(said)]).toEqual([
      { id: 'c', seq: 1 },
      [
        ['a', 'movedOn'],
        ['b', 'behind'],
        ['c', 'queued'],
      ],
      { id: 'a', seq: 1 },
      [
        ['a', 'queued'],
        ['b', 'queued'],
        ['c', 'queued'],
      ],
    ]);
  });

  test('does not hold somebody else’s waiting command about the same camera against what a person asks for', () => {
    expect(step([looked('a', 2, li), looked('b', 3)], wang)).toEqual({ id: 'b', seq: 1 });
  });

  test('keeps one that has its word behind an earlier one that wants it still', () => {
    const records = [looked('a', 2), looked('b', 2), word('b', 'send', 0)];
    expect([step(records, wang), whys(records)]).toEqual([
      null,
      [
        ['a', 'movedOn'],
        ['b', 'behind'],
      ],
    ]);
  });

  test('reckons in what own settled commands have added though their facts are not here yet, also after a rewrite and a restart', () => {
    const records = [looked('a', 3), sending('a', 1), settled('a', 1)];
    const again = compactOutbox(fold(records)).reduce(foldOutbox, emptyOutbox);
    const seenBy = (personId: PersonId, here: number, of = 'c') => lookedAt(again, { personId, cameraId: of as CameraId, here });
    expect([seenBy(wang, 3), seenBy(wang, 9), seenBy(li, 3), seenBy(wang, 3, 'd')]).toEqual([4, 9, 3, 3]);
  });

  test('does not count an own change twice that was here before its reply', () => {
    // Version 3 is his own change, seen before its reply: the next one was asked with it in view.
    const records = [looked('a', 2), sending('a', 1), looked('b', 3), settled('a', 1)];
    expect(fold(records).entries.map(({ lookedAtVersion }) => lookedAtVersion)).toEqual([3]);
  });

  test('asks about what somebody else changed between two own commands', () => {
    // Version 3 here: one change is his own, the other is not.
    const records = [looked('a', 1), looked('b', 1), sending('a', 1), settled('a', 1)];
    expect(whys(records)).toEqual([['b', 'movedOn']]);
  });

  test('lets a word about one command say nothing about the next, which its person gave knowing less', () => {
    const records = [looked('a', 2), looked('b', 2), word('a', 'send', 0), sending('a', 1), settled('a', 1)];
    expect(whys(records)).toEqual([['b', 'movedOn']]);
  });

  test('asks about everything again when the record was set back, and forgets what had been reached', () => {
    const epoch = (name: string): OutboxRecord => ({ kind: 'epoch', epoch: name });
    const before = [epoch('e1'), looked('z', 8), sending('z', 1), settled('z', 1), looked('a', 9), epoch('e1')];
    const after = fold([...before, epoch('e2')]);
    expect([whys(before), whys([...before, epoch('e2')]), after.reached, after.epoch]).toEqual([
      [['a', 'queued']],
      [['a', 'movedOn']],
      [],
      'e2',
    ]);
  });

  test('does not hold a person’s own earlier change of the same camera against what he asked for next', () => {
    const records = [looked('a', 2), looked('b', 2), looked('c', 2, li), sending('a', 1)];
    const done = [...records, settled('a', 1)];
    expect([whys(records), whys(done), step(done, li)]).toEqual([
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
