import { between, pick } from '#platform/demo/randomness.ts';
import { corners, fillBox, fillPolygon, fillRows, glow, type Spot, strokeLine } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { createHamlet } from '../hamlet.ts';
import { swing, wrapped } from '../motion.ts';
import { createMist, createRidge, createRipples, createWood, paintRidge, paintSky } from '../nature.ts';
import { createWalkers, paintLamp } from '../things.ts';

const spillwayRows = [[440, 740], [600], [300, 580, 860]];

/** A dam between hills, its spillways running. */
export const createReservoir: CreateDrawing = ({ random, light }) => {
  const far = createRidge(random, { y: 220, rise: 60 });
  const shore = createRidge(random, { y: 286, rise: 26 });
  const wood = createWood(random, { ridge: shore, count: 36, reach: 26 });
  const mist = createMist(random, { count: 7, top: 190, bottom: 330, alpha: 0.34 });
  const lake = createRipples(random, { top: 318, bottom: 392, count: 34, stream: 120 });
  const basin = createRipples(random, { top: 646, bottom: 720, count: 26, stream: 300 });
  const walkers = createWalkers(random, { count: 4, ground: [402, 406], across: [120, 1160], size: [38, 42], light });
  const hamlet = createHamlet(random, { ground: shore, light });
  const spillways = pick(random, spillwayRows).map((x) => x + between(random, [-30, 30]));
  const streaks = Array.from({ length: 70 }, () => ({
    across: random(),
    offset: random(),
    rounds: 5 + Math.floor(random() * 4),
    size: between(random, [0.6, 1.2]),
  }));
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 320 });
      paintRidge(canvas, { ridge: far, colour: light.far('#5b766c', 0.42) });
      paintRidge(canvas, { ridge: shore, colour: light.paint('#4a644f') });
      hamlet(canvas, 0.12);
      wood(canvas, light.paint('#374f40'));
      fillRows(canvas, { top: 316, bottom: 410, colours: [light.far('#6d8e9a', 0.2), light.paint('#4a6e7d')] });
      fillRows(canvas, { top: 640, bottom: 720, colours: [light.paint('#49707d'), light.paint('#3a5c69')] });
      fillPolygon(canvas, {
        points: corners(0, 396, 1280, 396, 1170, 652, 110, 652),
        colour: light.paint('#868984'),
      });
      for (let course = 1; course < 6; course += 1) {
        const y = 404 + course * 42;
        const inset = ((y - 396) / 256) * 110;
        fillBox(canvas, { at: [inset, y], width: 1280 - 2 * inset, height: 2, colour: light.paint('#6b6f6c') });
      }
      fillBox(canvas, { at: [0, 392], width: 1280, height: 16, colour: light.paint('#a0a39c') });
      for (let x = 10; x < 1280; x += 40) strokeLine(canvas, { from: [x, 376], to: [x, 394], width: 3, colour: light.paint('#6d7473') });
      fillBox(canvas, { at: [0, 374], width: 1280, height: 3, colour: light.paint('#7b8281') });
      for (const x of spillways)
        fillPolygon(canvas, {
          points: corners(x, 408, x + 92, 408, x + 102, 652, x - 10, 652),
          colour: light.paint('#5d6463'),
        });
      fillBox(canvas, { at: [600, 336], width: 84, height: 60, colour: light.paint('#97917f') });
      fillBox(canvas, { at: [592, 326], width: 100, height: 12, colour: light.paint('#5d4b44') });
      fillPolygon(canvas, {
        points: corners(0, 380, 0, 720, 180, 720, 96, 600, 40, 440),
        colour: light.paint('#46604b'),
      });
      fillPolygon(canvas, {
        points: corners(1280, 380, 1280, 720, 1100, 720, 1190, 600, 1240, 440),
        colour: light.paint('#415a47'),
      });
      for (const x of [220, 1050]) paintLamp(canvas, { foot: [x, 394], size: 120, light });
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
      lake(canvas, { share, colour: light.far('#c9dbe0', 0.1) });
      basin(canvas, { share, colour: light.far('#dfe9ea', 0.1) });
      walkers(canvas, share);
      spillways.forEach((x, index) => {
        fillPolygon(canvas, {
          points: corners(x + 12, 416, x + 80, 416, x + 90, 654, x + 2, 654),
          colour: light.far('#b9cdd2', 0.05),
          alpha: 0.75,
        });
        for (const { across, offset, rounds, size } of streaks) {
          const down = wrapped(share * rounds + offset + index * 0.37) ** 1.5;
          const at: Spot = [x + 14 + across * 62 + (across - 0.5) * 22 * down, 416 + down * 214];
          strokeLine(canvas, {
            from: at,
            to: [at[0] + (across - 0.5) * 3, at[1] + 26 * size],
            width: 3 * size,
            colour: light.far('#f0f4f3', 0.05),
            alpha: 0.7,
          });
        }
        glow(canvas, {
          at: [x + 46, 652],
          radius: [120 + 8 * swing(share, { times: 7, offset: index * 0.4 }), 34],
          colour: light.far('#eaf0f0', 0.05),
          alpha: 0.75,
        });
      });
    },
  };
};
