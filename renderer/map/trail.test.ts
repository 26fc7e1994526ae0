import { expect, test } from 'vitest';
import { createPositionColumns, type PositionColumns, setPosition } from '#contract/responders/index.ts';
import { createTrail } from './trail.ts';

function walk() {
  let columns: PositionColumns = createPositionColumns({ size: 3, directoryRevision: 1 });
  let told: readonly (readonly [number, number])[] = [];
  const trail = createTrail({ positions: { columns: () => columns }, onPlaces: (places) => (told = places) });
  const go = (index: number, lng: number) => {
    setPosition(columns, index, { measuredAtMs: 1_000 + lng, lng, lat: 33, headingDeg: 0, status: 0 });
    trail.look();
  };
  return {
    trail,
    go,
    told: () => told.map(([lng]) => lng),
    renumber: () => (columns = createPositionColumns({ size: 3, directoryRevision: 2 })),
  };
}

test('holds where the chosen one was since he was chosen, and nothing of the others', () => {
  const { trail, go, told } = walk();
  go(1, 100);
  trail.follow(1);
  for (const lng of [101, 101, 102]) go(1, lng);
  go(2, 90);
  expect(told()).toEqual([100, 101, 102]);
  trail.follow(2);
  expect(told()).toEqual([90]);
  trail.follow(null);
  go(2, 91);
  expect(told()).toEqual([]);
});

test('ends when other people stand behind the numbers', () => {
  const { trail, go, told, renumber } = walk();
  trail.follow(1);
  go(1, 100);
  renumber();
  go(1, 120);
  expect(told()).toEqual([120]);
});

test('keeps the newest six hundred places', () => {
  const { trail, go, told } = walk();
  trail.follow(0);
  for (let step = 0; step < 700; step += 1) go(0, step / 8);
  expect([told().length, told()[0], told().at(-1)]).toEqual([600, 100 / 8, 699 / 8]);
});
