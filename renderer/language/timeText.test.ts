import { describe, expect, test } from 'vitest';
import { durationParts, hourIn, timeText } from './timeText.ts';

const atMs = Date.parse('2026-11-22T08:31:22+08:00');

describe('times on screen', () => {
  test('are in the county zone with 24 hours, in both languages', () => {
    const in24 = { timeZone: 'Asia/Shanghai', style: 'seconds' } as const;
    expect(timeText(atMs, { ...in24, language: 'zh' })).toBe('08:31:22');
    expect(timeText(atMs, { ...in24, language: 'en' })).toBe('08:31:22');
    expect(timeText(Date.parse('2026-11-22T00:05:00+08:00'), { ...in24, style: 'minutes', language: 'zh' })).toBe('00:05');
    expect(hourIn(atMs, 'Asia/Shanghai')).toBe(8);
  });

  test('name the day in the language that is shown', () => {
    const date = { timeZone: 'Asia/Shanghai', style: 'date' } as const;
    expect(timeText(atMs, { ...date, language: 'zh' })).toBe('2026年11月22日星期日');
    expect(timeText(atMs, { ...date, language: 'en' })).toContain('22 November 2026');
  });

  test('are lengths in the largest whole unit, and never negative', () => {
    expect([-5, 14_999, 60_000, 3_599_999, 3_600_000, 90_000_000].map(durationParts)).toEqual([
      { key: 'seconds', count: 0 },
      { key: 'seconds', count: 14 },
      { key: 'minutes', count: 1 },
      { key: 'minutes', count: 59 },
      { key: 'hours', count: 1 },
      { key: 'days', count: 1 },
    ]);
  });
});
