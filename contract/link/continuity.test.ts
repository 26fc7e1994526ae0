import { describe, expect, test } from 'vitest';
import type { HealedGap } from '#contract/bridge/index.ts';
import type { Fact, FeedName } from '#contract/record/index.ts';
import { continuityOf, lagWindowMs, newContinuityLog, noteArrivals, noteHealed } from './continuity.ts';

const county = 'county/al' as FeedName;
// 2026-11-22 08:00 in Shanghai.
const eightMs = Date.UTC(2026, 10, 22, 0);
const hourMs = 3_600_000;
const fact = (atMs: number, feed = county) => ({ feed, fact: { atMs } as Fact });
const now = { offsetMs: 0, timeZone: 'Asia/Shanghai', missing: 0, feeds: [] };
const replaced = (atMs: number, facts: number): HealedGap => ({ feed: county, atMs, facts, by: 'snapshot' });

describe('how far back the count goes', () => {
  const since = (startedAtMs: number, at: object = {}) => {
    const { sinceMs, from } = continuityOf(newContinuityLog(startedAtMs), { ...now, nowMs: eightMs + hourMs, ...at });
    return [sinceMs - eightMs, from];
  };
  test('to the start of the shift, or of a room that is younger', () => {
    expect([since(eightMs - 5), since(eightMs + 1000)]).toEqual([
      [0, 'shift'],
      [1000, 'roomStart'],
    ]);
  });
  test('is told in platform time, and from the start while the county is not known', () => {
    expect([since(eightMs + 1000, { offsetMs: 250 }), since(eightMs - 5, { timeZone: null })]).toEqual([
      [1250, 'roomStart'],
      [-5, 'roomStart'],
    ]);
  });
});

test('missed are the facts that are not here now and those that only a snapshot of this shift replaced', () => {
  const gaps = [replaced(eightMs - 1, 9), replaced(eightMs + 1, 30), { ...replaced(eightMs + 2, 4), by: 'gap' as const }];
  const log = gaps.reduce(noteHealed, newContinuityLog(eightMs - hourMs));
  const { missed, healed } = continuityOf(log, { ...now, nowMs: eightMs + hourMs, missing: 2 });
  expect([missed, healed.map(({ facts }) => facts)]).toEqual([32, [4, 30, 9]]);
});

describe('the lag', () => {
  const startedAtMs = eightMs;
  const log = newContinuityLog(startedAtMs);
  const lagAt = (atMs: number, from: typeof log) => continuityOf(from, { ...now, nowMs: atMs }).lag;
  test('is the median and the worst of five minutes, then nothing', () => {
    const at = startedAtMs + 10_000;
    const seen = noteArrivals(log, { facts: [fact(at - 12), fact(at - 20), fact(at - 900)], nowMs: at, offsetMs: 0 });
    expect([lagAt(at, seen), lagAt(at + lagWindowMs + 1, seen)]).toEqual([{ medianMs: 20, worstMs: 900, facts: 3 }, null]);
  });
  test('leaves out what is older than the room, the own walls, and everything before the clocks were compared', () => {
    const at = startedAtMs + 10_000;
    const facts = [fact(startedAtMs - 1), fact(at - 50, 'desk/d-1' as FeedName)];
    const guessed = noteArrivals(log, { facts: [fact(at)], nowMs: at, offsetMs: null });
    expect([lagAt(at, noteArrivals(log, { facts, nowMs: at, offsetMs: 0 })), lagAt(at, guessed)]).toEqual([null, null]);
  });
  test('is never negative, and takes the difference of the clocks into account', () => {
    const at = startedAtMs + 10_000;
    const seen = noteArrivals(log, { facts: [fact(at + 505), fact(at + 400)], nowMs: at, offsetMs: 500 });
    expect(lagAt(at, seen)).toEqual({ medianMs: 0, worstMs: 100, facts: 2 });
  });
});
