import { between } from '#platform/demo/randomness.ts';
import { corners, fillBox, fillPolygon, fillRows, glow } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { shining } from '../light.ts';
import { passage, swing } from '../motion.ts';
import { createMist, createRidge, paintRidge, paintSky } from '../nature.ts';
import { carPaint, createWalkers, paintCarSide, paintLamp } from '../things.ts';

const walls = ['#5f6870', '#737674', '#666f69', '#7b746a', '#596269'];

/** A village street: shop fronts under tiled roofs, lamps, now and then a car. */
export const createVillageStreet: CreateDrawing = ({ random, light }) => {
  const hills = createRidge(random, { y: 230, rise: 60 });
  const mist = createMist(random, { count: 5, top: 120, bottom: 250, alpha: 0.28 });
  const houses = Array.from({ length: 6 }, (_, index) => ({
    x: index * 226 - 40,
    top: between(random, [262, 312]),
    wall: walls[(index + Math.floor(random() * 5)) % 5] ?? '#666f69',
    isLit: random() < 0.2 + 0.4 * light.lamps,
    offset: random(),
  }));
  const walkers = createWalkers(random, { count: 9, ground: [548, 590], across: [60, 1220], size: [78, 96], light });
  const car = { starts: between(random, [0.1, 0.5]), lasts: 0.34, paint: carPaint(random, light) };
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 330 });
      paintRidge(canvas, { ridge: hills, colour: light.far('#5c7466', 0.3) });
      for (const { x, top, wall, isLit } of houses) {
        fillBox(canvas, { at: [x, top], width: 214, height: 540 - top, colour: light.paint(wall) });
        fillPolygon(canvas, {
          points: corners(x - 12, top + 8, x + 226, top + 8, x + 196, top - 34, x + 18, top - 34),
          colour: light.paint('#434b50'),
        });
        fillBox(canvas, { at: [x + 24, 420], width: 74, height: 120, colour: light.paint('#3a4247') });
        fillBox(canvas, {
          at: [x + 118, 420],
          width: 74,
          height: 72,
          colour: isLit ? shining.window : light.paint('#333d44'),
          alpha: isLit ? 0.4 + 0.6 * light.lamps : 1,
        });
        fillBox(canvas, { at: [x + 28, top + 36], width: 48, height: 40, colour: light.paint('#39444b') });
        fillBox(canvas, { at: [x + 134, top + 36], width: 48, height: 40, colour: light.paint('#39444b') });
        fillBox(canvas, { at: [x + 10, 404], width: 194, height: 12, colour: light.paint('#7d6f5c') });
      }
      fillRows(canvas, { top: 540, bottom: 600, colours: [light.paint('#7d7e79'), light.paint('#727370')] });
      fillRows(canvas, { top: 600, bottom: 720, colours: [light.paint('#4f5659'), light.paint('#44494c')] });
      fillBox(canvas, { at: [0, 597], width: 1280, height: 6, colour: light.paint('#9a9b95') });
      for (const x of [150, 600, 1060]) paintLamp(canvas, { foot: [x, 598], size: 330, light });
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
      for (const { x, isLit, offset } of houses) {
        if (!isLit) continue;
        // Somebody moves inside: the light on the pavement breathes a little.
        glow(canvas, {
          at: [x + 155, 545],
          radius: [110, 26],
          colour: shining.lamp,
          alpha: light.lamps * (0.24 + 0.06 * swing(share, { times: 3, offset })),
        });
        const inside = x + 155 + 26 * swing(share, { times: 2, offset });
        fillBox(canvas, { at: [inside - 6, 446], width: 13, height: 46, colour: light.paint('#5b4a34'), alpha: 0.55 });
      }
      walkers(canvas, share);
      const progress = passage(share, car);
      if (progress !== null) paintCarSide(canvas, { foot: [-150 + progress * 1580, 690], size: 170, paint: car.paint, heading: 1, light });
    },
  };
};
