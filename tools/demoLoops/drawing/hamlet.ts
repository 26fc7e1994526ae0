import type { Randomness } from '#contract/values/index.ts';
import { between, pick } from '#platform/demo/randomness.ts';
import { type Canvas, corners, fillBox, fillPolygon, strokeLine } from './canvas.ts';
import { type Light, shining } from './light.ts';
import type { Ridge } from './nature.ts';

const walls = ['#b5ae9c', '#a39b8a', '#9aa0a0', '#b0a58f', '#8f9794'];
const roofs = ['#5a6166', '#6b5a52', '#4d575c'];

/** Some houses in a row on a far bank or below a hill: every view of one kind gets its own place to look at. */
export function createHamlet(random: Randomness, { ground, light }: { ground: Ridge; light: Light }) {
  const start = between(random, [80, 900]);
  const houses = Array.from({ length: 2 + Math.floor(random() * 5) }, (_, index) => ({
    x: start + index * between(random, [52, 66]),
    wide: between(random, [36, 50]),
    high: between(random, [20, 40]),
    wall: pick(random, walls),
    roof: pick(random, roofs),
    isLit: random() < 0.6,
  }));
  return (canvas: Canvas, distance: number) => {
    for (const { x, wide, high, wall, roof, isLit } of houses) {
      const y = ground(x + wide / 2) + 10;
      fillBox(canvas, { at: [x, y - high], width: wide, height: high, colour: light.far(wall, distance) });
      const eaves = y - high + 2;
      fillPolygon(canvas, {
        points: corners(x - 6, eaves, x + wide + 6, eaves, x + wide - 6, eaves - 13, x + 6, eaves - 13),
        colour: light.far(roof, distance),
      });
      for (const share of [0.2, 0.62]) {
        const colour = isLit && light.lamps > 0.3 ? shining.window : light.far('#46525a', distance);
        fillBox(canvas, { at: [x + wide * share, y - high + 8], width: wide * 0.18, height: 8, colour });
      }
    }
  };
}

/** A gauging station's hut on stilts by the water. */
export function paintStiltHut(canvas: Canvas, { x, y, light }: { x: number; y: number; light: Light }) {
  for (const leg of [0, 36, 72])
    strokeLine(canvas, { from: [x + leg, y - 90], to: [x + leg, y + 40], width: 7, colour: light.paint('#5d6468') });
  strokeLine(canvas, { from: [x, y + 10], to: [x + 72, y - 50], width: 4, colour: light.paint('#6b7276') });
  fillBox(canvas, { at: [x - 16, y - 174], width: 108, height: 88, colour: light.paint('#b4b6ae') });
  fillBox(canvas, { at: [x - 24, y - 92], width: 124, height: 9, colour: light.paint('#6b7276') });
  fillPolygon(canvas, {
    points: corners(x - 28, y - 172, x + 104, y - 172, x + 90, y - 200, x - 14, y - 200),
    colour: light.paint('#5b6b73'),
  });
  fillBox(canvas, { at: [x + 4, y - 152], width: 30, height: 26, colour: light.lamps > 0.3 ? shining.window : light.paint('#43525a') });
  fillBox(canvas, { at: [x + 52, y - 156], width: 24, height: 64, colour: light.paint('#5f6c73') });
}
