import { describe, expect, test } from 'vitest';
import { offsetFor, trimTo } from './pushPlan.ts';

describe('the buffer of a pushed stream', () => {
  test('is cut before the last key frame that is four seconds old', () => {
    expect(trimTo({ oldestS: 0, newestS: 3.9, keysS: [0, 2] })).toBeNull();
    expect(trimTo({ oldestS: 0, newestS: 6.2, keysS: [0, 2, 4, 6] })).toBeCloseTo(1.99);
    expect(trimTo({ oldestS: 1.99, newestS: 6.4, keysS: [2, 4, 6] })).toBeNull();
  });

  test('is never cut in the middle of a long group of pictures, which would take away what is still to be shown', () => {
    expect(trimTo({ oldestS: 0, newestS: 19, keysS: [0] })).toBeNull();
    expect(trimTo({ oldestS: 0, newestS: 23, keysS: [0, 20] })).toBeNull();
    expect(trimTo({ oldestS: 0, newestS: 24.1, keysS: [0, 20] })).toBeCloseTo(19.99);
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
