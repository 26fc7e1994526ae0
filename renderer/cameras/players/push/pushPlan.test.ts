import { describe, expect, test } from 'vitest';
import { offsetFor, trimTo } from './pushPlan.ts';

describe('the buffer of a pushed stream', () => {
  test('is cut back to six seconds once it is longer than ten', () => {
    expect(trimTo({ oldestS: 0, newestS: 9 })).toBeNull();
    expect(trimTo({ oldestS: 0, newestS: 11 })).toBe(5);
  });

  test('takes fragments where they say, also after a hole', () => {
    expect(offsetFor({ mediaTime: 0, offsetS: 0, newestS: null })).toBe(0);
    expect(offsetFor({ mediaTime: 12, offsetS: 0, newestS: 5 })).toBe(0);
    expect(offsetFor({ mediaTime: 4.92, offsetS: 0, newestS: 5 })).toBe(0);
  });

  test('puts a restarted source, which counts from zero again, after the newest picture', () => {
    const offsetS = offsetFor({ mediaTime: 0, offsetS: 0, newestS: 100 });
    expect(offsetS).toBeCloseTo(100.04);
    expect(offsetFor({ mediaTime: 0.4, offsetS, newestS: 100.44 })).toBe(offsetS);
  });
});
