import { pick } from '#platform/demo/randomness.ts';
import { corners, fillBox, fillPolygon, fillRows, glow } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { shining } from '../light.ts';
import { passage } from '../motion.ts';
import { createMist, createRidge, createWood, paintRidge, paintSky } from '../nature.ts';
import { carPaint, createWalkers, createWindows, paintCarSide } from '../things.ts';

const trims = ['#4d7f8c', '#5d8a63', '#8a6a4a', '#7a5f86'];

/** A petrol station: cars draw up to a pump, wait and drive on. */
export const createPetrolStation: CreateDrawing = ({ random, light }) => {
  const trim = pick(random, trims);
  const hills = createRidge(random, { y: 250, rise: 60 });
  const wood = createWood(random, { ridge: hills, count: 24, reach: 60 });
  const mist = createMist(random, { count: 5, top: 120, bottom: 280, alpha: 0.26 });
  const shop = createWindows(random, {
    at: [890, 372],
    columns: 4,
    rows: 1,
    pitch: [76, 60],
    size: [60, 52],
    light: { ...light, lamps: Math.max(0.5, light.lamps) },
  });
  const walkers = createWalkers(random, { count: 3, ground: [516, 530], across: [300, 900], size: [84, 92], light });
  const stops = [
    { starts: 0.02, lasts: 0.55, at: 420, paint: carPaint(random, light), row: 0 },
    { starts: 0.42, lasts: 0.55, at: 700, paint: carPaint(random, light), row: 1 },
  ];
  const passing = { starts: 0.3, lasts: 0.28, paint: carPaint(random, light) };
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 330 });
      paintRidge(canvas, { ridge: hills, colour: light.far('#56715f', 0.24) });
      wood(canvas, light.far('#3f5a48', 0.12));
      fillRows(canvas, { top: 430, bottom: 640, colours: [light.paint('#7d7f7c'), light.paint('#6c6e6c')] });
      fillBox(canvas, { at: [860, 330], width: 360, height: 120, colour: light.paint('#a8a698') });
      fillBox(canvas, { at: [850, 318], width: 380, height: 18, colour: light.paint('#54656f') });
      shop.paintStill(canvas);
      for (const x of [270, 560, 850]) fillBox(canvas, { at: [x, 236], width: 20, height: 266, colour: light.paint('#a7adaf') });
      fillPolygon(canvas, {
        points: corners(120, 236, 1010, 236, 970, 196, 180, 196),
        colour: light.paint('#5f6c73'),
      });
      fillBox(canvas, { at: [116, 180], width: 898, height: 62, colour: light.paint('#c8ccca') });
      fillBox(canvas, { at: [116, 222], width: 898, height: 20, colour: light.paint(trim) });
      for (let x = 200; x < 980; x += 150)
        glow(canvas, { at: [x, 262], radius: [120, 60], colour: shining.lamp, alpha: 0.1 + 0.5 * light.lamps });
      for (let x = 200; x < 980; x += 150)
        glow(canvas, { at: [x, 520], radius: [160, 40], colour: shining.lamp, alpha: 0.28 * light.lamps });
      for (const x of [220, 500, 790]) {
        fillBox(canvas, { at: [x - 30, 494], width: 170, height: 14, colour: light.paint('#9a9b96') });
        fillBox(canvas, { at: [x, 408], width: 46, height: 88, colour: light.paint('#b4b9b9') });
        fillBox(canvas, { at: [x + 7, 420], width: 32, height: 24, colour: light.paint('#36434a') });
        fillBox(canvas, { at: [x, 454], width: 46, height: 10, colour: light.paint(trim) });
      }
      fillRows(canvas, { top: 640, bottom: 720, colours: [light.paint('#4d5458'), light.paint('#444b4f')] });
      fillBox(canvas, { at: [0, 636], width: 1280, height: 6, colour: light.paint('#a1a29c') });
      fillBox(canvas, { at: [40, 240], width: 12, height: 400, colour: light.paint('#646d72') });
      fillBox(canvas, { at: [10, 250], width: 74, height: 120, colour: light.paint('#c3c8c7') });
      fillBox(canvas, { at: [20, 262], width: 54, height: 20, colour: light.paint(trim) });
      for (const y of [296, 318, 340]) fillBox(canvas, { at: [22, y], width: 50, height: 10, colour: light.paint('#7c8488') });
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
      shop.paintSwitching(canvas, share);
      walkers(canvas, share);
      for (const stop of stops) {
        const progress = passage(share, stop);
        if (progress !== null)
          paintCarSide(canvas, {
            foot: [stoppedX(progress, stop.at), 548 + stop.row * 54],
            size: 140 + stop.row * 14,
            paint: stop.paint,
            heading: 1,
            light,
          });
      }
      const progress = passage(share, passing);
      if (progress !== null)
        paintCarSide(canvas, { foot: [1400 - progress * 1540, 700], size: 156, paint: passing.paint, heading: -1, light });
    },
  };
};

// Brakes to a stand at `at` in the first third, stays, and pulls away in the last.
function stoppedX(progress: number, at: number): number {
  const third = 1 / 3;
  if (progress < third) return -200 + (at + 200) * (1 - (1 - progress / third) ** 2);
  if (progress < 2 * third) return at;
  return at + (1480 - at) * ((progress - 2 * third) / third) ** 2;
}
