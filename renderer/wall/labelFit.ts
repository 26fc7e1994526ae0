import { gridOf, type Layout } from '#contract/wall/index.ts';

/**
 * Sizes of wall text. The rule: a glyph is at least d * tan(20') high for a viewing distance d (5 m: 29 mm). As long as a Display has no
 * distance of its own, people are taken to stand four panel heights away, the usual distance for a wall that is read and watched.
 */
const glyphAngleRad = (20 / 60) * (Math.PI / 180);
const distanceInPanelHeights = 4;
// A Chinese glyph fills its em; Latin capitals are lower, but numbers and names are read in one line, so one size serves both.
const smallestPx = 13;

/** Height of a label's glyphs, CSS pixels. `heightMm` null: the panel does not tell its size. */
export function labelSizePx({
  heightPx,
  heightMm,
  viewingDistanceMm,
}: {
  heightPx: number;
  heightMm: number | null;
  viewingDistanceMm: number | null;
}): number {
  const distancePx =
    viewingDistanceMm === null || heightMm === null ? distanceInPanelHeights * heightPx : viewingDistanceMm * (heightPx / heightMm);
  return Math.max(smallestPx, distancePx * Math.tan(glyphAngleRad));
}

/** How much of a label fits: everything, without the camera's number, or numbers and state only. */
export type LabelFit = 'all' | 'name' | 'numbers';

/** Glyphs of the name that must fit, else the label falls back to numbers. */
const leastNameGlyphs = 8;
// Space around and between the parts of a label, in em.
const paddingEm = 1.2;
const gapEm = 0.5;

/** Decides what a label shows in a tile of `widthPx` at `sizePx`; the same rule everywhere, measured in em, not by trying. */
export function fitLabel({
  widthPx,
  sizePx,
  place,
  number,
  name,
  state,
}: {
  widthPx: number;
  sizePx: number;
  place: string;
  number: string;
  name: string;
  state: string;
}): LabelFit {
  const availableEm = widthPx / sizePx - paddingEm;
  const frameEm = textEm(place) + gapEm + textEm(state) + 2 * gapEm + 0.7;
  const nameEm = textEm(name);
  if (frameEm + gapEm + textEm(number) + gapEm + nameEm <= availableEm) return 'all';
  if (frameEm + gapEm + Math.min(nameEm, leastNameGlyphs) <= availableEm) return 'name';
  return 'numbers';
}

/** Whether all tiles of a layout can show eight glyphs of a name while they are live; where not, longer names give way to numbers. Display in its own pixels. */
export function areNamesShown({ layout, widthPx, heightPx }: { layout: Layout; widthPx: number; heightPx: number }): boolean {
  const { columns, cells } = gridOf(layout);
  const narrowest = Math.min(...cells.map((cell) => cell.columns));
  const fit = fitLabel({
    widthPx: (widthPx * narrowest) / columns,
    sizePx: labelSizePx({ heightPx, heightMm: null, viewingDistanceMm: null }),
    place: `1.${cells.length}`,
    number: '',
    name: '\u4e00'.repeat(leastNameGlyphs),
    state: '\u4e00'.repeat(2),
  });
  return fit !== 'numbers';
}

// The badge's distance from the tile's edges and its own padding, in em.
const badgeFrameEm = 1.6;

/** The first of several ways to say something that fits into a tile's badge; the last, shortest one where none does; null = nothing to say. */
export function firstThatFits({ texts, widthPx, sizePx }: { texts: readonly string[]; widthPx: number; sizePx: number }): string | null {
  const availableEm = widthPx / sizePx - badgeFrameEm;
  return texts.find((text) => textEm(text) <= availableEm) ?? texts.at(-1) ?? null;
}

// The lines over a picture (TileFrame.module.css), in em of the label: their size, the height of a row, and the gap between two of them.
const lines = { scale: 0.88, rowEm: 1.1, gapEm: 0.1 } as const;
/** What is kept free of them, in em of the label: the sides, the label, and the badge above it where there is one. */
const linesRoom = { asideEm: 1.2, labelEm: 1.6, badgeEm: 1.94 } as const;

/**
 * What is said over a picture: the longest ways of saying it whose rows all fit between badge and label, so that no words lie over words;
 * where not even the shortest do, the first of them. A tile is taken for 16:9, as wide displays and their equal cells are.
 */
export function fitLines({
  lines: told,
  hasBadge,
  widthPx,
  sizePx,
}: {
  lines: readonly (readonly string[])[];
  hasBadge: boolean;
  widthPx: number;
  sizePx: number;
}): readonly string[] {
  const widthEm = (widthPx / sizePx - linesRoom.asideEm) / lines.scale;
  const heightEm = ((widthPx / sizePx) * 9) / 16 - linesRoom.labelEm - (hasBadge ? linesRoom.badgeEm : 0);
  const heightOf = (said: readonly string[]) =>
    said.reduce((sum, line) => sum + rowsOf(line, widthEm) * lines.rowEm, (said.length - 1) * lines.gapEm);
  const shortest = Math.max(0, ...told.map((ways) => ways.length - 1));
  for (let shorter = 0; shorter <= shortest; shorter += 1) {
    const said = told.map((ways) => ways[Math.min(shorter, ways.length - 1)] ?? '').filter((line) => line !== '');
    if (heightOf(said) <= heightEm) return said;
    if (shorter === shortest) return said.filter((_, index) => heightOf(said.slice(0, index + 1)) <= heightEm);
  }
  return [];
}

/** Words as they are kept together (TileFrame.module.css): up to a space that does not hold together, or a mark. A name is not broken. */
const words = /[^ ，。；：]+[ ，。；：]*/gu;

function rowsOf(text: string, widthEm: number): number {
  let [rows, rowEm] = [1, 0];
  for (const [word] of text.matchAll(words)) {
    const em = wordEm(word.trimEnd());
    if (rowEm > 0 && rowEm + em > widthEm) [rows, rowEm] = [rows + 1, 0];
    // One that is wider than a row is broken all the same.
    rows += Math.max(0, Math.ceil(em / widthEm) - 1);
    rowEm += wordEm(word) % widthEm;
  }
  return rows;
}

// Small letters and spaces are narrower than digits, which shows in a sentence.
const smallerEm = 0.05;

function wordEm(word: string): number {
  return textEm(word) - smallerEm * (word.match(/[a-z ]/g)?.length ?? 0);
}

/** Width of a text in em: wide glyphs fill theirs, digits and Latin letters a little over half. */
export function textEm(text: string): number {
  let em = 0;
  for (const glyph of text) em += (glyph.codePointAt(0) ?? 0) >= 0x2e80 ? 1 : 0.58;
  return em;
}
