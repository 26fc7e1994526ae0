import { z } from 'zod';

/** Geometry of a Display. A number is so many equal cells; `1+5` is one large cell and five small ones beside and under it. */
export const Layout = z.union([
  z.literal(1),
  z.literal(4),
  z.literal(9),
  z.literal(16),
  z.literal(25),
  z.literal(36),
  z.literal('1+3'),
  z.literal('1+5'),
  z.literal('1+7'),
  z.literal('1+12'),
  z.literal('2+8'),
]);
export type Layout = z.infer<typeof Layout>;

/** Where a cell lies on its layout's grid, and how many grid squares it spans; from 0, from the top left. */
export type CellArea = { readonly column: number; readonly row: number; readonly columns: number; readonly rows: number };

/** A layout as a grid of squares of equal size and the areas of its cells, in the order of their numbers. */
export type LayoutGrid = { readonly columns: number; readonly rows: number; readonly cells: readonly CellArea[] };

/** Every layout: the equal ones first, smallest first, then those with large cells. */
export const layouts: readonly Layout[] = [1, 4, 9, 16, 25, 36, '1+3', '1+5', '1+7', '1+12', '2+8'];

/** No Display has more cells than this; cells beyond the layout keep their tile, so that going back to a larger layout brings it back. */
export const maxCells = 36;

// One letter is one cell, in the order of the numbers; a letter that stands in several squares spans them. Large cells come first,
// so that the cameras that matter most keep their numbers when the layout changes.
const drawings: { readonly [Name in Extract<Layout, string>]: readonly string[] } = {
  '1+3': ['AAAB', 'AAAC', 'AAAD'],
  '1+5': ['AAB', 'AAC', 'DEF'],
  '1+7': ['AAAB', 'AAAC', 'AAAD', 'EFGH'],
  '1+12': ['BCDE', 'FAAG', 'HAAI', 'JKLM'],
  '2+8': ['AABB', 'AABB', 'CDEF', 'GHIJ'],
};

const grids = new Map<Layout, LayoutGrid>(
  layouts.map((layout) => [layout, typeof layout === 'number' ? equal(layout) : drawn(drawings[layout])]),
);

/** The grid of a layout. */
export function gridOf(layout: Layout): LayoutGrid {
  const grid = grids.get(layout);
  if (grid === undefined) throw new Error(`no grid is drawn for layout ${layout}`);
  return grid;
}

/** How many cells a layout has. */
export function cellCount(layout: Layout): number {
  return gridOf(layout).cells.length;
}

function equal(cells: number): LayoutGrid {
  const columns = Math.sqrt(cells);
  const areas = Array.from({ length: cells }, (_, cell) => ({
    column: cell % columns,
    row: Math.floor(cell / columns),
    columns: 1,
    rows: 1,
  }));
  return { columns, rows: columns, cells: areas };
}

function drawn(rows: readonly string[]): LayoutGrid {
  const squares = rows.flatMap((line, row) => [...line].map((letter, column) => ({ letter, column, row })));
  const letters = [...new Set(squares.map(({ letter }) => letter))].toSorted();
  const cells = letters.map((wanted) => {
    const own = squares.filter(({ letter }) => letter === wanted);
    const column = Math.min(...own.map((square) => square.column));
    const row = Math.min(...own.map((square) => square.row));
    const columns = Math.max(...own.map((square) => square.column)) - column + 1;
    return { column, row, columns, rows: Math.max(...own.map((square) => square.row)) - row + 1 };
  });
  return { columns: rows[0]?.length ?? 0, rows: rows.length, cells };
}

/** A way on the screen. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** The cell that lies next to a cell in a direction: the one behind the middle of that edge; null at the edge of the Display. */
export function neighbourOf({ layout, cell, direction }: { layout: Layout; cell: number; direction: Direction }): number | null {
  const { cells } = gridOf(layout);
  const from = cells[cell];
  if (from === undefined) return null;
  const square = squareBehind(from, direction);
  const next = cells.findIndex((area) => holds(area, square));
  return next === -1 ? null : next;
}

type Square = { readonly column: number; readonly row: number };

function squareBehind({ column, row, columns, rows }: CellArea, direction: Direction): Square {
  const middle = { column: column + Math.floor((columns - 1) / 2), row: row + Math.floor((rows - 1) / 2) };
  switch (direction) {
    case 'left':
      return { ...middle, column: column - 1 };
    case 'right':
      return { ...middle, column: column + columns };
    case 'up':
      return { ...middle, row: row - 1 };
    case 'down':
      return { ...middle, row: row + rows };
  }
}

function holds({ column, row, columns, rows }: CellArea, square: Square): boolean {
  const isInColumns = square.column >= column && square.column < column + columns;
  return isInColumns && square.row >= row && square.row < row + rows;
}
