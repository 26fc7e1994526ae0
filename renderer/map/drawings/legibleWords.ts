/** Where words would be written; CSS pixels, middle and size. */
export type WordsBox = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

// A hair between two words, so that they are not read as one.
const gapPx = 4;

/**
 * Which words can be read where they would stand: of those that overlap the later ones are written, because what was drawn last is what somebody
 * is at. Words without any width take no place.
 */
export function legibleWords(boxes: readonly WordsBox[]): readonly boolean[] {
  const legible = boxes.map(() => false);
  // Rows of the highest words' height: a box is compared with those of its own row and the ones beside it.
  const rowPx = Math.max(1, ...boxes.map(({ height }) => height + gapPx));
  const rows = new Map<number, WordsBox[]>();
  for (let index = boxes.length - 1; index >= 0; index -= 1) {
    const box = boxes[index];
    if (box === undefined || box.width === 0) continue;
    const row = Math.floor(box.y / rowPx);
    const near = [row - 1, row, row + 1].flatMap((each) => rows.get(each) ?? []);
    if (near.some((other) => overlaps(box, other))) continue;
    legible[index] = true;
    const own = rows.get(row);
    if (own === undefined) rows.set(row, [box]);
    else own.push(box);
  }
  return legible;
}

function overlaps(a: WordsBox, b: WordsBox): boolean {
  return 2 * Math.abs(a.x - b.x) < a.width + b.width + 2 * gapPx && 2 * Math.abs(a.y - b.y) < a.height + b.height;
}
