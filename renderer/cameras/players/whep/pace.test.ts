import { expect, test } from 'vitest';
import { createPace } from './pace.ts';

function paceAt(frameMs: number): number | null {
  const pace = createPace();
  return Array.from({ length: 20 }, (_, index) => pace.frame(index * frameMs)).at(-1) ?? null;
}

test('a fast stream stands still after its average and 150 ms, a slow one after three times its average', () => {
  expect(paceAt(40)).toBe(190);
  expect(paceAt(200)).toBe(600);
});

test('a stream that is too new has no pace yet', () => {
  const pace = createPace();
  expect([pace.frame(0), pace.frame(40), pace.frame(80)]).toEqual([null, null, null]);
});
