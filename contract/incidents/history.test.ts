import { expect, test } from 'vitest';
import { type LoadHistory, sameHours, silenceOf, silentAfterMs } from './history.ts';

const hourMs = 3_600_000;
const weekMs = 168 * hourMs;

test('the same hour of past weeks is looked at, as far as the record reaches back and eight weeks at the most', () => {
  const nowMs = 100 * weekMs + 9 * hourMs + 42 * 60_000;
  const hour = 100 * weekMs + 9 * hourMs;
  expect(sameHours({ nowMs, sinceMs: hour - 2 * weekMs })).toEqual([hour - weekMs, hour - 2 * weekMs]);
  expect(sameHours({ nowMs, sinceMs: hour - 2 * weekMs + 1 })).toEqual([hour - weekMs]);
  expect(sameHours({ nowMs, sinceMs: 0 })).toHaveLength(8);
  expect(sameHours({ nowMs, sinceMs: null })).toEqual([]);
});

test('a record that is younger than silence cannot tell who is silent', () => {
  const of = (ageMs: number | null): LoadHistory =>
    ({ atMs: 50 * weekMs, sinceMs: ageMs === null ? null : 50 * weekMs - ageMs, weeks: 0, grids: [] }) as never;
  expect([silenceOf(of(silentAfterMs)), silenceOf(of(silentAfterMs - 1)), silenceOf(of(null))]).toEqual(['known', 'unknown', 'unknown']);
});
