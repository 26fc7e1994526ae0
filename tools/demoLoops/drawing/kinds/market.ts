import { between } from '#platform/demo/randomness.ts';
import { corners, fillBox, fillEllipse, fillPolygon, fillRows, glow, type Spot, strokeLine } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { shining } from '../light.ts';
import { swing } from '../motion.ts';
import { createWalkers } from '../things.ts';

const awnings = ['#9a5b52', '#5d7f86', '#b09a5e', '#6c7f62', '#7c6a80'];
const goods = ['#7f9a5c', '#b5654c', '#c9a650', '#8fa86a', '#a6503f', '#d0b98a'];

/** A market hall: stalls in two rows under a trussed roof, shoppers between them, lamps swaying a little. */
export const createMarket: CreateDrawing = ({ random, light }) => {
  const stalls = [0, 1].flatMap((row) =>
    Array.from({ length: 6 }, (_, index) => ({
      row,
      x: index * 224 - 40 - row * 60,
      awning: awnings[Math.floor(random() * awnings.length)] ?? '#9a5b52',
      heaps: Array.from({ length: 4 }, () => ({
        colour: goods[Math.floor(random() * goods.length)] ?? '#7f9a5c',
        high: between(random, [9, 20]),
      })),
    })),
  );
  const behind = createWalkers(random, { count: 12, ground: [438, 470], across: [40, 1240], size: [78, 88], light });
  const front = createWalkers(random, { count: 7, ground: [664, 708], across: [40, 1240], size: [116, 132], light });
  const rows = [
    { top: 300, counter: 398, size: 1 },
    { top: 452, counter: 590, size: 1.36 },
  ];
  return {
    backdrop(canvas) {
      fillRows(canvas, { top: 0, bottom: 300, colours: [light.paint('#4f585d'), light.paint('#6c7478')] });
      fillRows(canvas, { top: 290, bottom: 720, colours: [light.paint('#77756e'), light.paint('#5b5a55')] });
      fillPolygon(canvas, {
        points: corners(300, 300, 980, 300, 900, 176, 380, 176),
        colour: light.far('#a9b2b4', 0.3),
      });
      for (let beam = 0; beam < 4; beam += 1) {
        const y = 40 + beam * 44;
        strokeLine(canvas, { from: [0, y + 46], to: [640, y - 12], width: 9 - beam, colour: light.paint('#3c4449') });
        strokeLine(canvas, { from: [1280, y + 46], to: [640, y - 12], width: 9 - beam, colour: light.paint('#3c4449') });
      }
      for (const x of [30, 330, 950, 1250]) fillBox(canvas, { at: [x - 8, 90], width: 16, height: 330, colour: light.paint('#444c50') });
      paintStalls(0);

      function paintStalls(row: number) {
        for (const stall of stalls.filter((candidate) => candidate.row === row)) paintStall(stall);
      }
      function paintStall({ row, x, awning, heaps }: (typeof stalls)[number]) {
        const { top, counter, size } = rows[row] ?? { top: 300, counter: 398, size: 1 };
        const wide = 190 * size;
        const left = x * size;
        fillPolygon(canvas, {
          points: corners(left, top + 34 * size, left + wide, top + 34 * size, left + wide - 22, top, left + 22, top),
          colour: light.paint(awning),
        });
        for (let stripe = 0; stripe < 4; stripe += 1)
          fillBox(canvas, {
            at: [left + wide * (stripe + 0.5) * 0.25 - wide * 0.06, top + 34 * size],
            width: wide * 0.125,
            height: 9 * size,
            colour: light.paint(awning),
            alpha: 0.8,
          });
        heaps.forEach(({ colour, high }, heap) => {
          fillEllipse(canvas, {
            at: [left + wide * (0.14 + heap * 0.24), counter],
            radius: [wide * 0.11, high * size],
            colour: light.paint(colour),
          });
        });
        fillBox(canvas, { at: [left + 6, counter], width: wide - 12, height: 46 * size, colour: light.paint('#6b6052') });
        fillBox(canvas, { at: [left + 2, counter - 3], width: wide - 4, height: 7, colour: light.paint('#8a7c68') });
        for (const post of [left + 10, left + wide - 14])
          fillBox(canvas, { at: [post, top + 30 * size], width: 4, height: counter - top - 30 * size, colour: light.paint('#4a5054') });
      }
    },
    frame(canvas, share) {
      behind(canvas, share);
      for (const { x, awning, heaps } of stalls.filter(({ row }) => row === 1)) {
        const left = x * 1.36;
        heaps.forEach(({ colour, high }, heap) => {
          fillEllipse(canvas, { at: [left + 258 * (0.14 + heap * 0.24), 560], radius: [28, high * 1.3], colour: light.paint(colour) });
        });
        fillBox(canvas, { at: [left + 6, 560], width: 246, height: 62, colour: light.paint('#6b6052') });
        fillBox(canvas, { at: [left + 6, 566], width: 246, height: 12, colour: light.paint(awning) });
        fillBox(canvas, { at: [left + 2, 556], width: 254, height: 8, colour: light.paint('#8a7c68') });
      }
      [180, 480, 800, 1100].forEach((x, index) => {
        const head: Spot = [x + 5 * swing(share, { times: 4, offset: index * 0.3 }), 226];
        strokeLine(canvas, { from: [x, 84], to: head, width: 2, colour: light.paint('#343b3f') });
        glow(canvas, { at: head, radius: [130, 100], colour: shining.lamp, alpha: 0.22 + 0.25 * light.lamps });
        fillPolygon(canvas, {
          points: [
            [head[0] - 20, head[1]],
            [head[0] + 20, head[1]],
            [head[0] + 8, head[1] - 14],
            [head[0] - 8, head[1] - 14],
          ],
          colour: light.paint('#39464c'),
        });
        fillEllipse(canvas, { at: [head[0], head[1] + 2], radius: [11, 5], colour: shining.lamp });
      });
      front(canvas, share);
    },
  };
};
