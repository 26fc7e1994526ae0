import { pick } from '#platform/demo/randomness.ts';
import { corners, fillBox, fillPolygon, fillRows, strokeLine } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { createMist, createRidge, paintLeafTree, paintRidge, paintSky } from '../nature.ts';
import { createWalkers, createWindows, paintFlag, paintFront, paintLamp } from '../things.ts';

const halls = [
  { wall: '#b3aa92', trim: '#934a42' },
  { wall: '#9fa8a8', trim: '#54656f' },
  { wall: '#b0a79c', trim: '#6d6a5c' },
  { wall: '#a6ad9c', trim: '#7c5a48' },
];

/** A paved square before the culture hall, people crossing it. */
export const createSquare: CreateDrawing = ({ random, light }) => {
  const { wall, trim } = pick(random, halls);
  const hasGable = random() < 0.5;
  const hills = createRidge(random, { y: 210, rise: 50 });
  const mist = createMist(random, { count: 4, top: 60, bottom: 180, alpha: 0.26 });
  const left = createWindows(random, { at: [216, 236], columns: 5, rows: 3, pitch: [58, 56], size: [34, 32], light });
  const right = createWindows(random, { at: [790, 236], columns: 5, rows: 3, pitch: [58, 56], size: [34, 32], light });
  const walkers = createWalkers(random, { count: 22, ground: [438, 690], across: [40, 1240], size: [44, 104], light });
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 260 });
      paintRidge(canvas, { ridge: hills, colour: light.far('#61786d', 0.4) });
      fillRows(canvas, { top: 410, bottom: 720, colours: [light.paint('#8d8a81'), light.paint('#6e6d68')] });
      for (let line = 0; line < 9; line += 1) {
        const y = 416 + line * line * 4.4;
        fillBox(canvas, { at: [0, y], width: 1280, height: 2 + line * 0.3, colour: light.paint('#5f5e5a'), alpha: 0.45 });
      }
      for (let x = -1600; x < 2900; x += 170)
        strokeLine(canvas, { from: [640 + (x - 640) * 0.42, 412], to: [x, 720], width: 2, colour: light.paint('#5f5e5a'), alpha: 0.35 });
      paintFront(canvas, { at: [190, 210], width: 900, height: 204, wall, light });
      fillBox(canvas, { at: [190, 196], width: 900, height: 16, colour: light.paint(trim) });
      fillBox(canvas, { at: [530, 244], width: 220, height: 170, colour: light.paint('#5d5346') });
      for (let door = 0; door < 4; door += 1)
        fillBox(canvas, { at: [542 + door * 51, 258], width: 43, height: 156, colour: light.paint('#46403a') });
      for (let step = 0; step < 3; step += 1)
        fillBox(canvas, {
          at: [505 - step * 14, 408 + step * 9],
          width: 270 + step * 28,
          height: 10,
          colour: light.paint(step % 2 === 0 ? '#a09b8e' : '#8f8a7e'),
        });
      if (hasGable) fillPolygon(canvas, { points: corners(500, 196, 780, 196, 640, 150), colour: light.paint(wall) });
      else fillBox(canvas, { at: [540, 164], width: 200, height: 32, colour: light.paint(wall) });
      left.paintStill(canvas);
      right.paintStill(canvas);
      for (const [x, size] of [
        [70, 190],
        [1180, 200],
        [150, 150],
      ] as const)
        paintLeafTree(canvas, { foot: [x, 440], size, light });
      for (const x of [330, 930]) paintLamp(canvas, { foot: [x, 470], size: 210, light });
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
      left.paintSwitching(canvas, share);
      right.paintSwitching(canvas, share);
      paintFlag(canvas, { foot: [1120, 470], size: 300, share, light });
      walkers(canvas, share);
    },
  };
};
