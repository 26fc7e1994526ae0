import { between } from '#platform/demo/randomness.ts';
import { fillBox, fillRows } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { passage } from '../motion.ts';
import { createMist, createRidge, paintLeafTree, paintRidge, paintSky } from '../nature.ts';
import { carPaint, createWalkers, createWindows, paintCarSide, paintLamp } from '../things.ts';

const walls = ['#6b7780', '#7a8288', '#5f6c76', '#868a88', '#747d85'];

/** Blocks of flats whose windows switch on and off, a street in front. */
export const createApartments: CreateDrawing = ({ random, light }) => {
  const hills = createRidge(random, { y: 300, rise: 50 });
  const mist = createMist(random, { count: 4, top: 60, bottom: 260, alpha: 0.22 });
  const blocks = [60, 280, 520, 780, 1010].map((x, index) => {
    const [columns, rows] = [4, 5 + Math.floor(random() * 6)];
    const at = [x + between(random, [-14, 14]), 512 - rows * 40 - 30] as const;
    const windows = createWindows(random, { at: [at[0] + 22, at[1] + 24], columns, rows, pitch: [42, 40], size: [22, 24], light });
    return { at, wall: walls[index] ?? '#6b7780', width: columns * 42 + 24, height: rows * 40 + 30, windows };
  });
  const walkers = createWalkers(random, { count: 9, ground: [548, 576], across: [60, 1220], size: [46, 52], light });
  const cars = [0, 1].map((index) => ({
    starts: index * 0.5 + between(random, [0, 0.2]),
    lasts: 0.4,
    paint: carPaint(random, light),
    heading: index === 0 ? (1 as const) : (-1 as const),
  }));
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 400 });
      paintRidge(canvas, { ridge: hills, colour: light.far('#5f756c', 0.45) });
      fillRows(canvas, { top: 505, bottom: 590, colours: [light.paint('#7c7f7c'), light.paint('#747673')] });
      for (const { at, wall, width, height, windows } of blocks) {
        fillBox(canvas, { at, width, height, colour: light.paint(wall) });
        fillBox(canvas, { at: [at[0] + width - 16, at[1]], width: 16, height, colour: light.paint('#4c565d'), alpha: 0.5 });
        fillBox(canvas, { at: [at[0] - 3, at[1] - 6], width: width + 6, height: 8, colour: light.paint('#4a5359') });
        windows.paintStill(canvas);
      }
      for (const [x, size] of [
        [30, 120],
        [262, 96],
        [500, 110],
        [760, 100],
        [1256, 130],
      ] as const)
        paintLeafTree(canvas, { foot: [x, 532], size, light });
      fillRows(canvas, { top: 590, bottom: 720, colours: [light.paint('#4e5559'), light.paint('#454c50')] });
      fillBox(canvas, { at: [0, 586], width: 1280, height: 6, colour: light.paint('#9a9c97') });
      for (let x = 20; x < 1280; x += 130) fillBox(canvas, { at: [x, 652], width: 66, height: 5, colour: light.paint('#b9bdba') });
      for (const x of [180, 640, 1090]) paintLamp(canvas, { foot: [x, 586], size: 170, light });
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
      for (const { windows } of blocks) windows.paintSwitching(canvas, share);
      walkers(canvas, share);
      for (const car of cars) {
        const progress = passage(share, car);
        if (progress === null) continue;
        const x = -120 + progress * 1520;
        paintCarSide(canvas, {
          foot: car.heading === 1 ? [x, 704] : [1280 - x, 638],
          size: car.heading === 1 ? 130 : 112,
          light,
          paint: car.paint,
          heading: car.heading,
        });
      }
    },
  };
};
