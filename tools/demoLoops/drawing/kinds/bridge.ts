import { between } from '#platform/demo/randomness.ts';
import { corners, fillBox, fillPolygon, fillRows, type Spot, strokeLine } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { createHamlet } from '../hamlet.ts';
import { passage } from '../motion.ts';
import { createMist, createRidge, createRipples, createWood, paintMoon, paintRidge, paintSky } from '../nature.ts';
import { carPaint, paintCarSide, paintLamp } from '../things.ts';

/** A bridge over a river, on arches or on piers, cars crossing both ways. */
export const createBridge: CreateDrawing = ({ random, light }) => {
  const far = createRidge(random, { y: 250, rise: 60 });
  const near = createRidge(random, { y: 350, rise: 40 });
  const wood = createWood(random, { ridge: near, count: 34, reach: 70 });
  const mist = createMist(random, { count: 6, top: 200, bottom: 360, alpha: 0.34 });
  const ripples = createRipples(random, { top: 520, bottom: 720, count: 60, stream: 240 });
  const cars = Array.from({ length: 5 }, (_, index) => ({
    starts: (index + random() * 0.6) / 5,
    lasts: between(random, [0.5, 0.62]),
    paint: carPaint(random, light),
    heading: index % 2 === 0 ? (1 as const) : (-1 as const),
  }));
  const hamlet = createHamlet(random, { ground: near, light });
  const isArched = random() < 0.5;
  const deck = 424;
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 350 });
      paintMoon(canvas, { at: [900, 120], light });
      paintRidge(canvas, { ridge: far, colour: light.far('#5b766c', 0.42) });
      paintRidge(canvas, { ridge: near, colour: light.far('#4c6853', 0.1) });
      hamlet(canvas, 0.14);
      wood(canvas, light.paint('#3a5443'));
      fillRows(canvas, { top: 510, bottom: 720, colours: [light.far('#6a8995', 0.2), light.paint('#3d5f6e')] });
      fillPolygon(canvas, {
        points: corners(0, 450, 150, 470, 210, 540, 160, 720, 0, 720),
        colour: light.paint('#4f5f4c'),
      });
      fillPolygon(canvas, {
        points: corners(1280, 440, 1130, 470, 1070, 535, 1130, 720, 1280, 720),
        colour: light.paint('#4a5a48'),
      });
      for (const [from, to] of [
        [150, 480],
        [480, 800],
        [800, 1130],
      ] as const)
        paintSpan({ from, to });
      fillBox(canvas, { at: [0, deck], width: 1280, height: 26, colour: light.paint('#8a8d88') });
      fillBox(canvas, { at: [0, deck + 22], width: 1280, height: 8, colour: light.paint('#64696a') });

      function paintSpan({ from, to }: { from: number; to: number }) {
        if (!isArched) {
          fillBox(canvas, { at: [from - 16, deck + 20], width: 32, height: 150, colour: light.paint('#777c79') });
          fillBox(canvas, { at: [to - 16, deck + 20], width: 32, height: 150, colour: light.paint('#777c79') });
          fillPolygon(canvas, {
            points: corners(from, deck + 28, to, deck + 28, to - 40, deck + 46, from + 40, deck + 46),
            colour: light.paint('#6c7170'),
          });
          return;
        }
        const curve = Array.from({ length: 17 }, (_, index): Spot => {
          const share = index / 16;
          return [from + 14 + share * (to - from - 28), 560 - Math.sin(share * Math.PI) * 104];
        });
        fillPolygon(canvas, {
          points: [[from, 560], [from, deck + 20], [to, deck + 20], [to, 560], ...curve.toReversed()],
          colour: light.paint('#777c79'),
        });
      }
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
      ripples(canvas, { share, colour: light.far('#c9dbe0', 0.1) });
      for (const car of cars.toSorted((one, other) => other.heading - one.heading).toReversed()) {
        const progress = passage(share, car);
        if (progress === null) continue;
        const x = -90 + progress * 1460;
        paintCarSide(canvas, {
          foot: car.heading === 1 ? [x, deck + 6] : [1280 - x, deck - 2],
          size: car.heading === 1 ? 78 : 70,
          paint: car.paint,
          heading: car.heading,
          light,
        });
      }
      for (let x = 8; x < 1280; x += 32)
        strokeLine(canvas, { from: [x, deck - 16], to: [x, deck + 8], width: 3, colour: light.paint('#a9adaa') });
      fillBox(canvas, { at: [0, deck - 18], width: 1280, height: 4, colour: light.paint('#b3b7b3') });
      for (const x of [310, 640, 970]) paintLamp(canvas, { foot: [x, deck], size: 130, light });
    },
  };
};
