import { describe, expect, test } from 'vitest';
import { cellCount, type Direction, gridOf, type Layout, layouts, maxCells, neighbourOf } from './layouts.ts';

const squaresOf = (layout: Layout) =>
  gridOf(layout).cells.flatMap(({ column, row, columns, rows }) =>
    Array.from({ length: columns * rows }, (_, index) => `${column + (index % columns)},${row + Math.floor(index / columns)}`),
  );

describe.each(layouts.map((layout) => ({ layout })))('layout $layout', ({ layout }) => {
  test('covers every square of its grid once', () => {
    const { columns, rows } = gridOf(layout);
    const all = Array.from({ length: columns * rows }, (_, index) => `${index % columns},${Math.floor(index / columns)}`);
    expect(squaresOf(layout).toSorted()).toEqual(all.toSorted());
  });

  test('has as many cells as its name says, never more than a Display keeps', () => {
    const named = String(layout)
      .split('+')
      .reduce((sum, part) => sum + Number(part), 0);
    expect(cellCount(layout)).toBe(named);
    expect(named).toBeLessThanOrEqual(maxCells);
  });

  test('every cell is reached from the first one by arrow keys', () => {
    const reached = new Set([0]);
    for (const cell of reached) {
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = neighbourOf({ layout, cell, direction });
        if (next !== null) reached.add(next);
      }
    }
    expect(reached.size).toBe(cellCount(layout));
  });
});

test('cells of the same size are numbered in reading order, the large ones before them', () => {
  for (const layout of layouts) {
    const order = gridOf(layout).cells.map(({ row, column, rows }) => -rows * 10_000 + row * 100 + column);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  }
});

test('an arrow leads behind the middle of the edge, and nowhere at the edge of the Display', () => {
  const from = (layout: Layout, cell: number) =>
    (['left', 'right', 'up', 'down'] as const).map((direction: Direction) => neighbourOf({ layout, cell, direction }));
  expect(from(9, 4)).toEqual([3, 5, 1, 7]);
  expect(from(9, 0)).toEqual([null, 1, null, 3]);
  expect(from('1+5', 0)).toEqual([null, 1, null, 3]);
  expect(from('1+5', 2)).toEqual([0, null, 1, 5]);
  expect(from('2+8', 4)).toEqual([3, 5, 1, 8]);
  expect(from(4, 7)).toEqual([null, null, null, null]);
});
