import { columnsOf, type DisplayKey, type DisplayScene, type Layout, type WallState } from '#contract/wall/index.ts';

/** One place on a Wall. */
export type Place = { readonly displayKey: DisplayKey; readonly cell: number };

/** What people call a place: display number, dot, cell from 1. */
export function placeName({ number, cell }: { number: number; cell: number }): string {
  return `${number}.${cell + 1}`;
}

/** Name of a place for the view register: `<displayKey>/<cell>` (contract/cameras, OpenView). */
export function registerName({ displayKey, cell }: Place): string {
  return `${displayKey}/${cell}`;
}

/** Cell numbers of a layout in reading order. */
export function cellsOf(layout: Layout): readonly number[] {
  return Array.from({ length: layout }, (_, cell) => cell);
}

/** Reads what a person typed ("1.4", also "1 4", "1-4", "1。4"); null when the Wall has no such place now. */
export function parsePlace(text: string, wall: WallState): Place | null {
  const match = /^\s*(\d{1,3})\s*[.。．\- ]\s*(\d{1,2})\s*$/.exec(text);
  if (match === null) return null;
  const display = wall.displays.find(({ number }) => number === Number(match[1]));
  const cell = Number(match[2]) - 1;
  if (display === undefined || cell < 0 || cell >= display.layout) return null;
  return { displayKey: display.displayKey, cell };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Where an arrow key leads from a cell; null at the edge of the Display. */
export function neighbour({ layout, cell, direction }: { layout: Layout; cell: number; direction: Direction }): number | null {
  const columns = columnsOf(layout);
  const row = Math.floor(cell / columns);
  const column = cell % columns;
  switch (direction) {
    case 'left':
      return column > 0 ? cell - 1 : null;
    case 'right':
      return column < columns - 1 ? cell + 1 : null;
    case 'up':
      return row > 0 ? cell - columns : null;
    case 'down':
      return row < columns - 1 ? cell + columns : null;
  }
}

/** Displays in the order people count them. */
export function byNumber(displays: readonly DisplayScene[]): readonly DisplayScene[] {
  return displays.toSorted((a, b) => a.number - b.number);
}
