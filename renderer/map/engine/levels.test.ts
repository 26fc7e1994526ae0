import { expect, test } from 'vitest';
import { coverFor, edgePxFor } from './levels.ts';

const latitude = 33;
test('areas are the picture until they are wider than what one looks at, then the land comes through', () => {
  const at = (zoom: number) => coverFor({ zoom, latitude, medianMeters: 1_800 });
  expect([at(10), at(12), at(15), at(18)]).toEqual([1, 1, 0, 0]);
  const [nearer, nearest] = [at(13.6), at(13.9)];
  expect([nearer > nearest, nearest > 0, nearer < 1]).toEqual([true, true, true]);
});

test('an edge is a line before somebody who sits before it, and as much wider as signs are larger for a wall that is read from afar', () => {
  expect([edgePxFor(0.8), edgePxFor(1), edgePxFor(1.6), edgePxFor(3.2)]).toEqual([1, 1, 1.5, 3]);
});
