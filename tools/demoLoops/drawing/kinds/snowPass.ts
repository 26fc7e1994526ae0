import { type Canvas, corners, fillPolygon, glow, type Spot, strokeLine } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { type Light, shining } from '../light.ts';
import { passage } from '../motion.ts';
import { createFalling, createMist, createRidge, createWood, paintRidge, paintSky } from '../nature.ts';
import { carPaint, paintCarSide } from '../things.ts';

/** A mountain pass in the snow: a winding road with marker poles, a car now and then, flakes falling. */
export const createSnowPass: CreateDrawing = ({ random, light }) => {
  const far = createRidge(random, { y: 250, rise: 110 });
  const middle = createRidge(random, { y: 350, rise: 70 });
  const near = createRidge(random, { y: 430, rise: 40 });
  const wood = createWood(random, { ridge: near, count: 40, reach: 110 });
  const mist = createMist(random, { count: 9, top: 210, bottom: 420, alpha: 0.4 });
  const snow = createFalling(random, { count: 130, size: [3, 4], drift: 130 });
  const car = { starts: random() * 0.3, lasts: 0.7, paint: carPaint(random, light) };
  const back = { starts: 0.5 + random() * 0.2, lasts: 0.7, paint: carPaint(random, light) };
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 380 });
      paintRidge(canvas, { ridge: far, colour: light.far('#aab6bd', 0.3) });
      paintRidge(canvas, { ridge: middle, colour: light.far('#b9c3c7', 0.1) });
      paintRidge(canvas, { ridge: near, colour: light.paint('#cdd3d5') });
      wood(canvas, light.far('#55685f', 0.16));
      for (let x = 0; x < 1280; x += 10) {
        const strip: Spot[] = corners(x, roadY(x) - 34, x + 10.5, roadY(x + 10.5) - 34, x + 10.5, roadY(x + 10.5) + 44, x, roadY(x) + 44);
        fillPolygon(canvas, { points: strip, colour: light.paint('#80888b') });
      }
      for (const aside of [-12, 18]) {
        for (let x = 0; x < 1280; x += 10)
          strokeLine(canvas, {
            from: [x, roadY(x) + aside],
            to: [x + 10.5, roadY(x + 10.5) + aside],
            width: 5,
            colour: light.paint('#6b7376'),
            alpha: 0.8,
          });
      }
      for (let x = 40; x < 1280; x += 124) paintPole(canvas, { x, y: roadY(x) - 38, light });
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#eef2f3', 0.25) });
      const away = passage(share, back);
      if (away !== null)
        paintCarSide(canvas, {
          foot: [1380 - away * 1500, roadY(1380 - away * 1500) - 4],
          size: 96,
          paint: back.paint,
          heading: -1,
          light,
        });
      const progress = passage(share, car);
      if (progress !== null) {
        const x = -110 + progress * 1510;
        paintCarSide(canvas, { foot: [x, roadY(x) + 34], size: 118, paint: car.paint, heading: 1, light });
        glow(canvas, { at: [x + 128, roadY(x) + 14], radius: [110, 40], colour: shining.headlight, alpha: 0.3 + 0.35 * light.lamps });
      }
      for (let x = 100; x < 1280; x += 124) paintPole(canvas, { x, y: roadY(x) + 62, light });
      snow(canvas, { share, colour: light.far('#ffffff', 0.1) });
    },
  };
};

function roadY(x: number): number {
  return 590 + 26 * Math.sin(x / 210) - x * 0.03;
}

function paintPole(canvas: Canvas, { x, y, light }: { x: number; y: number; light: Light }) {
  for (let band = 0; band < 4; band += 1) {
    strokeLine(canvas, {
      from: [x, y - band * 14],
      to: [x, y - band * 14 - 14],
      width: 6,
      colour: light.paint(band % 2 === 0 ? '#b9463f' : '#e4e4de'),
    });
  }
}
