import type { MaskArea, MaskAreas } from '#contract/cameras/index.ts';

/** A rectangle of the picture, 0..1 from its upper left corner. */
export type MaskBox = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

// Rows of the picture that an area is covered by: steps of 8 pixels in a small picture of 360 lines.
const rows = 48;

/**
 * Covers areas with rectangles, which is what ffmpeg fills fastest and without a second input that could come late. Each row of an area is
 * covered from its leftmost to its rightmost point: always at least the area, a notch of it too.
 */
export function maskBoxes(areas: MaskAreas): readonly MaskBox[] {
  return areas.flatMap((area) => joined(Array.from({ length: rows }, (_, row) => rowBox(area, row)).filter((box) => box !== null)));
}

function rowBox(area: MaskArea, row: number): MaskBox | null {
  const [top, bottom] = [row / rows, (row + 1) / rows];
  const within = area.flatMap((from, index) => {
    const to = area[(index + 1) % area.length] ?? from;
    return [...(from[1] >= top && from[1] <= bottom ? [from[0]] : []), ...crossings({ from, to, at: [top, bottom] })];
  });
  return within.length === 0 ? null : { left: Math.min(...within), right: Math.max(...within), top, bottom };
}

/** Where an edge crosses the row's upper and lower line. */
function crossings({ from, to, at }: { from: readonly number[]; to: readonly number[]; at: readonly number[] }): readonly number[] {
  const [x = 0, y = 0] = from;
  const [toX = 0, toY = 0] = to;
  return at.filter((line) => (y < line && toY > line) || (y > line && toY < line)).map((line) => x + ((line - y) / (toY - y)) * (toX - x));
}

/** Rows of the same width become one box. */
function joined(boxes: readonly MaskBox[]): readonly MaskBox[] {
  return boxes.reduce<readonly MaskBox[]>((done, box) => {
    const last = done.at(-1);
    const isSame = last !== undefined && last.left === box.left && last.right === box.right && last.bottom === box.top;
    return isSame ? [...done.slice(0, -1), { ...last, bottom: box.bottom }] : [...done, box];
  }, []);
}
