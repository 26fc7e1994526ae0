import { expect, test } from 'vitest';
import { countyMoment, countyTime } from './countyTime.ts';

test('times are written and read in the county zone, whatever the machine has', () => {
  const atMs = Date.UTC(2026, 10, 22, 0, 30, 5);
  expect(countyTime(atMs, 'Asia/Shanghai')).toBe('2026-11-22 08:30:05');
  expect(countyMoment('2026-11-22T08:30', 'Asia/Shanghai')).toBe(atMs - 5_000);
});

test('also on both sides of a change of clocks', () => {
  for (const text of ['2026-03-29T01:30', '2026-03-29T03:30', '2026-10-25T04:00'])
    expect(countyTime(countyMoment(text, 'Europe/Berlin') ?? 0, 'Europe/Berlin')).toBe(`${text.replace('T', ' ')}:00`);
});

test.each(['', '2026-11-22', '2026-13-40T99:99', '; DROP'])('%j is no moment', (text) => {
  expect(countyMoment(text, 'Asia/Shanghai')).toBeUndefined();
});
