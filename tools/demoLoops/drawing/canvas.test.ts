import { describe, expect, it } from 'vitest';
import { type Canvas, corners, createCanvas, fillBox, fillPolygon, pictureSize } from './canvas.ts';

function redAt(canvas: Canvas, x: number, y: number): number | undefined {
  return canvas.pixels[(y * pictureSize.width + x) * 3];
}

function redSum(canvas: Canvas): number {
  return canvas.pixels.reduce((sum, value, index) => (index % 3 === 0 ? sum + value : sum), 0);
}

const red = [200, 0, 0] as const;

describe('filling a polygon', () => {
  it('fills whole pixels fully and leaves the rest alone', () => {
    const canvas = createCanvas();
    fillBox(canvas, { at: [10, 20], width: 3, height: 2, colour: red });
    expect([redAt(canvas, 9, 20), redAt(canvas, 10, 20), redAt(canvas, 12, 21), redAt(canvas, 13, 21), redAt(canvas, 10, 22)]).toEqual([
      0, 200, 200, 0, 0,
    ]);
  });

  it('covers pixels on an edge by the share that lies inside', () => {
    const canvas = createCanvas();
    fillBox(canvas, { at: [10.25, 20.5], width: 1, height: 1, colour: red });
    expect([redAt(canvas, 10, 20), redAt(canvas, 11, 20), redAt(canvas, 10, 21), redAt(canvas, 11, 21)]).toEqual([75, 25, 75, 25]);
  });

  it('gives a slanted shape the sum of its area, whichever way its outline runs', () => {
    const outline = corners(40, 40, 140.5, 70.25, 60.75, 130);
    const area = Math.abs((140.5 - 40) * (130 - 40) - (60.75 - 40) * (70.25 - 40)) / 2;
    for (const points of [outline, outline.toReversed()]) {
      const canvas = createCanvas();
      fillPolygon(canvas, { points, colour: red });
      expect(redSum(canvas) / 200 / area).toBeCloseTo(1, 2);
    }
  });

  it('cuts what reaches beyond the picture', () => {
    const canvas = createCanvas();
    fillBox(canvas, { at: [-50, -50], width: 60, height: 60, colour: red });
    fillBox(canvas, { at: [1270, 700], width: 60, height: 60, colour: red });
    expect(redSum(canvas)).toBe(200 * (10 * 10 + 10 * 20));
  });
});
