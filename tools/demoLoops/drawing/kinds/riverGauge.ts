import { between } from '#platform/demo/randomness.ts';
import { corners, fillBox, fillPolygon, fillRows, pictureSize, strokeLine } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { swing, wrapped } from '../motion.ts';
import { createHamlet, paintStiltHut } from '../hamlet.ts';
import { createMist, createRidge, createRipples, createWood, paintMoon, paintRidge, paintSky } from '../nature.ts';

/** A river with its red and white gauge; driftwood passes. */
export const createRiverGauge: CreateDrawing = ({ random, light }) => {
  const far = createRidge(random, { y: 280, rise: 60 });
  const bank = createRidge(random, { y: 352, rise: 22 });
  const wood = createWood(random, { ridge: bank, count: 30, reach: 26 });
  const mist = createMist(random, { count: 6, top: 250, bottom: 380, alpha: 0.36 });
  const ripples = createRipples(random, { top: 402, bottom: 720, count: 80, stream: 260 });
  const hamlet = createHamlet(random, { ground: bank, light });
  const gaugeX = between(random, [620, 1080]);
  const hutX = random() < 0.6 ? between(random, [90, 300]) : null;
  const driftY = between(random, [520, 580]);
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 380 });
      paintMoon(canvas, { at: [420, 150], light });
      paintRidge(canvas, { ridge: far, colour: light.far('#5b766c', 0.4) });
      paintRidge(canvas, { ridge: bank, colour: light.paint('#4a644f') });
      hamlet(canvas, 0.1);
      wood(canvas, light.paint('#374f40'));
      fillRows(canvas, { top: 398, bottom: 720, colours: [light.far('#6d8c98', 0.22), light.paint('#3f6272')] });
      fillRows(canvas, { top: 394, bottom: 402, colours: [light.paint('#7b7f6d'), light.paint('#5e675e')] });
      if (hutX !== null) paintStiltHut(canvas, { x: hutX, y: 470, light });
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
      ripples(canvas, { share, colour: light.far('#c9dbe0', 0.1) });
      const drift = wrapped(share + 0.3) * (pictureSize.width + 200) - 100;
      const bob = swing(share, { times: 5 }) * 3;
      strokeLine(canvas, { from: [drift - 34, driftY + bob], to: [drift + 36, driftY - bob], width: 8, colour: light.paint('#4a3f33') });
      const level = 628 + 5 * swing(share, { times: 3 }) + 2 * swing(share, { times: 8 });
      for (let mark = 0; mark * 28 + 330 < level; mark += 1) {
        const top = 330 + mark * 28;
        const high = Math.min(28, level - top);
        fillBox(canvas, { at: [gaugeX, top], width: 34, height: high, colour: light.paint(mark % 2 === 0 ? '#e6e4dc' : '#b8473f') });
        if (mark % 2 === 0) fillBox(canvas, { at: [gaugeX + 22, top + 12], width: 12, height: 3, colour: light.paint('#3a3f42') });
      }
      fillPolygon(canvas, {
        points: corners(gaugeX - 26, level + 3, gaugeX + 60, level + 3, gaugeX + 40, level + 10, gaugeX - 10, level + 10),
        colour: light.far('#d8e6ea', 0.1),
        alpha: 0.5,
      });
    },
  };
};
