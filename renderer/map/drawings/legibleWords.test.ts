import fc from 'fast-check';
import { expect, test } from 'vitest';
import { legibleWords, type WordsBox } from './legibleWords.ts';

const words = (x: number, y: number, width = 80): WordsBox => ({ x, y, width, height: 16 });

test('of words over each other those drawn last are written, the others come when there is room', () => {
  expect(legibleWords([words(0, 0), words(50, 4), words(200, 0), words(0, 40)])).toEqual([false, true, true, true]);
  expect(legibleWords([words(0, 0), words(90, 4), words(200, 0)])).toEqual([true, true, true]);
});

test('a drawing without words keeps nobody from writing', () => {
  expect(legibleWords([words(0, 0), words(0, 0, 0)])).toEqual([true, false]);
});

const box = fc.record({
  x: fc.integer({ min: 0, max: 900 }),
  y: fc.integer({ min: 0, max: 600 }),
  width: fc.integer({ min: 1, max: 300 }),
  height: fc.integer({ min: 10, max: 40 }),
});
const meet = (a: WordsBox, b: WordsBox) => 2 * Math.abs(a.x - b.x) < a.width + b.width && 2 * Math.abs(a.y - b.y) < a.height + b.height;

test('no two written words overlap, the last are always written, and whatever is left out has a later one in its place', () => {
  fc.assert(
    fc.property(fc.array(box, { minLength: 1, maxLength: 200 }), (boxes) => {
      const legible = legibleWords(boxes);
      const written = boxes.filter((_, index) => legible[index]);
      expect(written.some((one, index) => written.some((other, each) => each > index && meet(one, other)))).toBe(false);
      expect(legible.at(-1)).toBe(true);
      const wide = boxes.map((each) => ({ ...each, width: each.width + 8 }));
      const hasReason = (index: number) =>
        wide.some((other, each) => each > index && legible[each] === true && meet(wide[index] ?? other, other));
      expect(legible.every((isWritten, index) => isWritten || hasReason(index))).toBe(true);
    }),
  );
});
