import { expect, test } from 'vitest';
import { shiftStartMs } from './shift.ts';

const startOf = (now: string, timeZone: string) => new Date(shiftStartMs(Date.parse(now), timeZone)).toISOString();

test('a shift begins at 08:00 and 20:00 of the county, wherever the machine believes it stands', () => {
  expect([
    startOf('2026-11-22T00:00:00Z', 'Asia/Shanghai'),
    startOf('2026-11-22T11:59:59.999Z', 'Asia/Shanghai'),
    startOf('2026-11-22T12:00:00Z', 'Asia/Shanghai'),
    startOf('2026-11-22T18:30:00Z', 'Asia/Shanghai'),
    startOf('2026-11-22T18:30:00Z', 'Asia/Kathmandu'),
  ]).toEqual([
    '2026-11-22T00:00:00.000Z',
    '2026-11-22T00:00:00.000Z',
    '2026-11-22T12:00:00.000Z',
    '2026-11-22T12:00:00.000Z',
    '2026-11-22T14:15:00.000Z',
  ]);
});

test('the night in which the clocks change began at 20:00 all the same', () => {
  expect([startOf('2026-03-29T04:00:00Z', 'Europe/Berlin'), startOf('2026-10-25T05:00:00Z', 'Europe/Berlin')]).toEqual([
    '2026-03-28T19:00:00.000Z',
    '2026-10-24T18:00:00.000Z',
  ]);
});
