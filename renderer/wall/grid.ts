import { cellCount, type DisplayKey, type DisplayScene, type Layout, type WallState } from '#contract/wall/index.ts';

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

/** Cell numbers of a layout, in their order. */
export function cellsOf(layout: Layout): readonly number[] {
  return Array.from({ length: cellCount(layout) }, (_, cell) => cell);
}

/** Reads what a person typed ("1.4", also "1 4", "1-4", "1。4"); null when the Wall has no such place now. */
export function parsePlace(text: string, wall: WallState): Place | null {
  const match = /^\s*(\d{1,3})\s*[.。．\- ]\s*(\d{1,2})\s*$/.exec(text);
  if (match === null) return null;
  const display = wall.displays.find(({ number }) => number === Number(match[1]));
  const cell = Number(match[2]) - 1;
  if (display === undefined || cell < 0 || cell >= cellCount(display.layout)) return null;
  return { displayKey: display.displayKey, cell };
}

/** Displays in the order people count them. */
export function byNumber(displays: readonly DisplayScene[]): readonly DisplayScene[] {
  return displays.toSorted((a, b) => a.number - b.number);
}
