import { expect, test } from 'vitest';
import type { Center } from '#contract/directory/index.ts';
import { followCenters } from './followCenters.ts';

const centers = (['county', 'town', 'village', 'village'] as const).map(
  (level, at) => ({ id: `c${at}`, level, location: [108, 33] }) as unknown as Center,
);

test('centers of villages come when one is near and go when one is far; others are always there', () => {
  const told: string[][] = [];
  let zoom = 9;
  let moved = () => {};
  const engine = {
    view: () => ({ zoom }),
    setMarks: (_: string, marks: readonly { id: string }[]) => told.push(marks.map(({ id }) => id)),
    onView: (listener: () => void) => {
      moved = listener;
      return () => {};
    },
  };
  const { tell } = followCenters({ engine: engine as never, rows: { getState: () => ({ centers }) } as never });
  tell();
  for (const next of [10, 12, 13, 11]) {
    zoom = next;
    moved();
  }
  expect(told).toEqual([
    ['c0', 'c1'],
    ['c0', 'c1', 'c2', 'c3'],
    ['c0', 'c1'],
  ]);
});
