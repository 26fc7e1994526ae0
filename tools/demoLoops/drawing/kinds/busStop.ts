import { type Canvas, corners, fillBox, fillEllipse, fillPolygon, fillRows, glow } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { type Light, parsed, shining } from '../light.ts';
import { passage, swing } from '../motion.ts';
import { createMist, createRidge, paintLeafTree, paintRidge, paintSky } from '../nature.ts';
import { carPaint, createWalkers, paintCarSide, paintLamp, paintWalker } from '../things.ts';

const busPaints = ['#4f7d8a', '#7b8f5e', '#a4773f'];

/** A bus shelter: people wait, a bus comes, stands and leaves. */
export const createBusStop: CreateDrawing = ({ random, light }) => {
  const hills = createRidge(random, { y: 260, rise: 64 });
  const mist = createMist(random, { count: 5, top: 130, bottom: 280, alpha: 0.28 });
  const walkers = createWalkers(random, { count: 5, ground: [500, 522], across: [80, 1200], size: [84, 92], light });
  const paint = light.paint(busPaints[Math.floor(random() * busPaints.length)] ?? '#4f7d8a');
  const waiting = Array.from({ length: 5 }, (_, index) => ({
    x: 470 + index * 76 + random() * 30,
    offset: random(),
    coat: light.paint(['#c9cfd2', '#3f6a86', '#c9a04a', '#4d5a63', '#a8504a'][index] ?? '#c9cfd2'),
  }));
  const bus = { starts: 0.15, lasts: 0.6 };
  const car = { starts: 0.8, lasts: 0.3, paint: carPaint(random, light) };
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 330 });
      paintRidge(canvas, { ridge: hills, colour: light.far('#5a7565', 0.32) });
      fillRows(canvas, { top: 420, bottom: 470, colours: [light.paint('#566b55'), light.paint('#61705e')] });
      for (const [x, size] of [
        [90, 230],
        [300, 180],
        [1010, 200],
        [1200, 240],
      ] as const)
        paintLeafTree(canvas, { foot: [x, 462], size, light });
      fillRows(canvas, { top: 468, bottom: 556, colours: [light.paint('#8a8983'), light.paint('#7a7975')] });
      fillBox(canvas, { at: [424, 322], width: 432, height: 150, colour: light.far('#8fa3ab', 0.2), alpha: 0.55 });
      fillBox(canvas, { at: [408, 300], width: 464, height: 22, colour: light.paint('#4d5a61') });
      for (const x of [424, 636, 848]) fillBox(canvas, { at: [x, 316], width: 9, height: 178, colour: light.paint('#4d5a61') });
      fillBox(canvas, { at: [470, 446], width: 320, height: 9, colour: light.paint('#8a7358') });
      fillBox(canvas, { at: [700, 340], width: 120, height: 84, colour: light.lamps > 0.3 ? parsed('#cfd8d6') : light.paint('#b9c2c1') });
      fillBox(canvas, { at: [712, 352], width: 96, height: 40, colour: light.paint('#6f8c93') });
      fillRows(canvas, { top: 556, bottom: 720, colours: [light.paint('#50575b'), light.paint('#44494d')] });
      fillBox(canvas, { at: [0, 550], width: 1280, height: 8, colour: light.paint('#a5a6a0') });
      for (let x = 10; x < 1280; x += 140) fillBox(canvas, { at: [x, 660], width: 70, height: 5, colour: light.paint('#b9bdba') });
      for (const x of [180, 1080]) paintLamp(canvas, { foot: [x, 552], size: 320, light });
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
      walkers(canvas, share);
      for (const { x, offset, coat } of waiting) {
        paintWalker(canvas, {
          foot: [x + 4 * swing(share, { times: 2, offset }), 506],
          size: 88,
          coat,
          step: 0.02 * swing(share, { times: 3, offset }),
          light,
        });
      }
      const progress = passage(share, bus);
      if (progress !== null) paintBus(canvas, { x: busX(progress), paint, light });
      const driven = passage(share, car);
      if (driven !== null) paintCarSide(canvas, { foot: [1400 - driven * 1560, 706], size: 150, paint: car.paint, heading: -1, light });
    },
  };
};

function busX(progress: number): number {
  if (progress < 0.35) return -480 + 1090 * (1 - (1 - progress / 0.35) ** 2);
  if (progress < 0.7) return 610;
  return 610 + 1150 * ((progress - 0.7) / 0.3) ** 2;
}

function paintBus(canvas: Canvas, { x, paint, light }: { x: number; paint: readonly [number, number, number]; light: Light }) {
  fillEllipse(canvas, { at: [x, 636], radius: [320, 14], colour: light.paint('#15191b'), alpha: 0.45 });
  fillPolygon(canvas, {
    points: corners(x - 300, 622, x + 300, 622, x + 300, 500, x + 284, 444, x - 296, 444, x - 304, 460),
    colour: paint,
  });
  fillBox(canvas, { at: [x - 300, 566], width: 600, height: 12, colour: light.paint('#d5d8d4') });
  for (let window = 0; window < 6; window += 1) {
    fillBox(canvas, {
      at: [x - 276 + window * 84, 464],
      width: 70,
      height: 62,
      colour: light.lamps > 0.3 ? shining.window : light.paint('#3d4d56'),
    });
  }
  fillBox(canvas, { at: [x + 236, 466], width: 52, height: 132, colour: light.paint('#33424a') });
  for (const wheel of [-190, 190]) {
    fillEllipse(canvas, { at: [x + wheel, 620], radius: [32, 32], colour: light.paint('#1d2225') });
    fillEllipse(canvas, { at: [x + wheel, 620], radius: [13, 13], colour: light.paint('#8b9396') });
  }
  if (light.lamps > 0.3) glow(canvas, { at: [x + 330, 596], radius: [110, 46], colour: shining.headlight, alpha: 0.7 * light.lamps });
}
