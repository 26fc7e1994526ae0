import { describe, expect, test } from 'vitest';
import { backOffMs } from './backOff.ts';

describe('opening a picture again', () => {
  test('waits longer each time, between half a second and fifteen seconds, for ever', () => {
    const attempts = [0, 1, 2, 3, 4, 5, 1000];
    expect(attempts.map((attempt) => backOffMs({ attempt, random: () => 0 }))).toEqual([500, 1000, 2000, 4000, 7500, 7500, 7500]);
    expect(attempts.map((attempt) => backOffMs({ attempt, random: () => 0.999_999 })).map(Math.round)).toEqual([
      1000, 2000, 4000, 8000, 15_000, 15_000, 15_000,
    ]);
  });
});
