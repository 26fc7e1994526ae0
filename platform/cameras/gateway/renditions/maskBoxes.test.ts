import { array, assert, double, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import type { MaskArea } from '#contract/cameras/index.ts';
import { ffmpegArguments } from './ffmpegOutput.ts';
import { maskBoxes } from './maskBoxes.ts';

test('a rectangle is one box, a row taller where it ends on a row', () => {
  const area: MaskArea = [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.75, 0.75],
    [0.25, 0.75],
  ];
  expect(maskBoxes([area])).toEqual([{ left: 0.25, right: 0.75, top: expect.closeTo(11 / 48), bottom: expect.closeTo(37 / 48) }]);
});

// A ten-thousandth of the picture: no pixel is so small.
const slack = 1e-4;
const unit = double({ min: 0, max: 1, noNaN: true });

test('whatever an area looks like, no point of it is left uncovered', () => {
  const anArea = array(tuple(unit, unit), { minLength: 3, maxLength: 12 });
  assert(
    property(anArea, tuple(unit, unit), (area, [x, y]) => {
      const isCovered = maskBoxes([area]).some(
        ({ left, right, top, bottom }) => x >= left - slack && x <= right + slack && y >= top && y <= bottom,
      );
      return isCovered || !isInside(area, x, y);
    }),
    { seed: 20260301, numRuns: 2_000 },
  );
});

test('a picture with masks is never copied, and is masked before anything else is done with it', () => {
  const area: MaskArea = [
    [0, 0],
    [1, 0],
    [1, 1],
  ];
  const filters = (text: readonly string[]) => text[text.indexOf('-vf') + 1] ?? '';
  const args = ffmpegArguments(['-i', 'x'], { kind: 'encoded', quality: 'sub', masks: [area] });
  expect([args.includes('copy'), filters(args).startsWith('drawbox='), /drawbox.*scale=.*drawbox/.test(filters(args))]).toEqual([
    false,
    true,
    false,
  ]);
});

function isInside(area: MaskArea, x: number, y: number): boolean {
  return area.reduce((inside, [fromX, fromY], index) => {
    const [toX = 0, toY = 0] = area[(index + 1) % area.length] ?? [];
    const crosses = fromY > y !== toY > y && x < ((toX - fromX) * (y - fromY)) / (toY - fromY) + fromX;
    return crosses ? !inside : inside;
  }, false);
}
