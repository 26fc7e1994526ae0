import { between } from '#platform/demo/randomness.ts';
import { type Canvas, type Colour, fillPolygon, type Spot, strokeLine } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { mixed } from '../canvas.ts';
import { passage, type Share, swing, wrapped } from '../motion.ts';
import { createMist, createRidge, paintRidge, paintSky } from '../nature.ts';
import { createWalkers } from '../things.ts';

/** Flooded rice terraces stepping down a slope; light moves on the water, egrets cross, people work on the dykes. */
export const createTerraces: CreateDrawing = ({ random, light }) => {
  const far = createRidge(random, { y: 210, rise: 60 });
  const hill = createRidge(random, { y: 270, rise: 40 });
  const mist = createMist(random, { count: 9, top: 190, bottom: 380, alpha: 0.38 });
  const turn = between(random, [0, 6]);
  const steps = Array.from({ length: 9 }, (_, index) => ({
    top: 300 + index ** 1.55 * 15,
    isFlooded: random() < 0.72,
    bend: between(random, [0.8, 1.2]),
    tone: random(),
  }));
  const dykeAt = (index: number) => (x: number) => {
    const step = steps[index];
    if (step === undefined) return 740;
    return step.top + (8 + index * 3.2) * (Math.sin(x / (180 * step.bend) + turn + index * 0.7) + 0.5 * Math.sin(x / 71 + index * 1.9));
  };
  const walkers = createWalkers(random, { count: 3, ground: [540, 560], across: [200, 1080], size: [58, 62], light });
  const glints = Array.from({ length: 70 }, () => ({
    x: between(random, [0, 1280]),
    step: Math.floor(random() * 9),
    down: between(random, [0.25, 0.8]),
    offset: random(),
  }));
  const egret = { starts: random() * 0.4, lasts: 0.5 };
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 330 });
      paintRidge(canvas, { ridge: far, colour: light.far('#5d786c', 0.44) });
      paintRidge(canvas, { ridge: hill, colour: light.far('#507057', 0.14) });
      steps.forEach(({ isFlooded, tone }, index) => {
        const field = isFlooded
          ? mixed(light.sky[1], light.paint('#5f808a'), 0.35 + 0.04 * index)
          : light.paint(tone < 0.5 ? '#6f8a55' : '#82905a');
        paintBand(canvas, { from: dykeAt(index), thickness: 8 + index, colours: [field, light.paint('#4d5f42')] });
      });
    },
    frame(canvas, share) {
      for (const { x, step, down, offset } of glints) {
        if (steps[step]?.isFlooded !== true) continue;
        const [upper, lower] = [dykeAt(step)(x) + 10 + step, dykeAt(step + 1)(x)];
        const shine = Math.max(0, swing(share, { times: 3, offset }));
        const from = x + 30 * swing(share, { times: 1, offset });
        const y = upper + (lower - upper) * down;
        strokeLine(canvas, {
          from: [from, y],
          to: [from + 26 + step * 4, y],
          width: 2 + step * 0.15,
          colour: light.far('#e3ecec', 0.1),
          alpha: 0.7 * shine,
        });
      }
      mist(canvas, { share, colour: light.far('#e3eaea', 0.3) });
      walkers(canvas, share);
      const progress = passage(share, egret);
      if (progress !== null) paintEgrets(canvas, { progress, share, colour: light.far('#f1f3ef', 0.05) });
    },
  };
};

function paintBand(
  canvas: Canvas,
  { from, thickness, colours }: { from: (x: number) => number; thickness: number; colours: readonly [field: Colour, dyke: Colour] },
) {
  const edge = Array.from({ length: 81 }, (_, index): Spot => [index * 16, from(index * 16)]);
  fillPolygon(canvas, { points: [[0, 720], ...edge, [1280, 720]], colour: colours[1] });
  fillPolygon(canvas, { points: [[0, 720], ...edge.map(([x, y]): Spot => [x, y + thickness]), [1280, 720]], colour: colours[0] });
}

function paintEgrets(canvas: Canvas, { progress, share, colour }: { progress: number; share: Share; colour: Colour }) {
  for (let bird = 0; bird < 4; bird += 1) {
    const [x, y] = [-100 + progress * 1560 - bird * 58, 250 + bird * 22 + 30 * Math.sin(progress * 5)];
    const beat = wrapped(share * 26 + bird * 0.3) * 2 - 1;
    const lift = 16 * Math.abs(beat) - 6;
    for (const side of [-1, 1]) strokeLine(canvas, { from: [x, y], to: [x + side * 16 - 6, y - lift], width: 4, colour });
    strokeLine(canvas, { from: [x - 14, y + 2], to: [x + 16, y - 1], width: 4, colour });
  }
}
