import { expect, test } from 'vitest';
import { type Pixels, shrinkPixels } from './shrinkPixels.ts';

/** A picture whose red says the column and whose green says the row. */
function picture({ width, height }: { width: number; height: number }): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at += 1) data.set([at % width, Math.floor(at / width), 7, 255], at * 4);
  return { data, width, height };
}

const empty = (width: number, height: number): Pixels => ({ data: new Uint8ClampedArray(width * height * 4), width, height });

test('a smaller picture has what is about the same place in the large one, whatever the sizes', () => {
  const half = shrinkPixels({ from: picture({ width: 4, height: 2 }), to: empty(2, 1) });
  expect([...half.data]).toEqual([0.5, 0.5, 7, 255, 2.5, 0.5, 7, 255].map((value) => new Uint8ClampedArray([value])[0]));
  const odd = shrinkPixels({ from: picture({ width: 200, height: 90 }), to: empty(60, 27) });
  const corner = (59 + 26 * 60) * 4;
  expect(odd.data[corner]).toBeGreaterThan(196);
  expect(odd.data[corner + 1]).toBeGreaterThan(86);
  expect(odd.data[corner + 3]).toBe(255);
});
