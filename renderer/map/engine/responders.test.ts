import { expect, test } from 'vitest';
import { crowdScale } from './responders.ts';

test('people are as much larger as words where the map is large, and never so large that a small map is nothing but people', () => {
  expect([
    crowdScale({ scale: 3.5, widthPx: 3_840 }),
    crowdScale({ scale: 3.5, widthPx: 1_800 }),
    crowdScale({ scale: 3.5, widthPx: 400 }),
    crowdScale({ scale: 1, widthPx: 3_840 }),
  ]).toEqual([3.5, 2, 1, 1]);
});
