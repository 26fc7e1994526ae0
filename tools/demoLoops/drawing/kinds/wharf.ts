import { between, pick } from '#platform/demo/randomness.ts';
import { type Canvas, corners, fillBox, fillPolygon, fillRows, type Spot, strokeLine } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { createHamlet } from '../hamlet.ts';
import { type Light, shining } from '../light.ts';
import { swing } from '../motion.ts';
import { createMist, createRidge, createRipples, createWood, paintRidge, paintSky } from '../nature.ts';
import { createWalkers, paintLamp } from '../things.ts';

const boatRoofs = ['#4f6672', '#7a5148', '#5d6f57', '#8a7a52'];

/** A ferry landing: a boat crosses there and back, another rocks at the pontoon. */
export const createWharf: CreateDrawing = ({ random, light }) => {
  const far = createRidge(random, { y: 250, rise: 66 });
  const bank = createRidge(random, { y: 318, rise: 24 });
  const wood = createWood(random, { ridge: bank, count: 34, reach: 22 });
  const mist = createMist(random, { count: 7, top: 230, bottom: 360, alpha: 0.36 });
  const ripples = createRipples(random, { top: 366, bottom: 720, count: 90, stream: 200 });
  const walkers = createWalkers(random, { count: 4, ground: [612, 640], across: [180, 620], size: [82, 90], light });
  const hamlet = createHamlet(random, { ground: bank, light });
  const roofs = [pick(random, boatRoofs), pick(random, boatRoofs)] as const;
  const moored = between(random, [860, 1010]);
  const lane = between(random, [424, 452]);
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 340 });
      paintRidge(canvas, { ridge: far, colour: light.far('#5b766c', 0.42) });
      paintRidge(canvas, { ridge: bank, colour: light.paint('#4a644f') });
      hamlet(canvas, 0.1);
      wood(canvas, light.paint('#374f40'));
      fillRows(canvas, { top: 360, bottom: 720, colours: [light.far('#6f8f9b', 0.24), light.paint('#3c5f6f')] });
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
      ripples(canvas, { share, colour: light.far('#c9dbe0', 0.1) });
      const ferry = 690 + 430 * swing(share, { times: 1 });
      const heading = swing(share, { times: 1, offset: 0.25 }) > 0 ? 1 : -1;
      paintBoat(canvas, { at: [ferry, lane + 2 * swing(share, { times: 6 })], size: 92, heading, roof: roofs[0], light });
      paintBoat(canvas, { at: [moored, 604 + 5 * swing(share, { times: 4 })], size: 180, heading: -1, roof: roofs[1], light });
      fillPolygon(canvas, {
        points: corners(0, 600, 700, 600, 760, 656, 0, 664),
        colour: light.paint('#8a8478'),
      });
      fillPolygon(canvas, {
        points: corners(0, 664, 760, 656, 760, 676, 0, 690),
        colour: light.paint('#5a564f'),
      });
      for (let x = 40; x < 720; x += 84)
        strokeLine(canvas, { from: [x, 602], to: [x + 28, 662], width: 2, colour: light.paint('#6d685e') });
      for (const x of [120, 420, 690]) strokeLine(canvas, { from: [x, 720], to: [x, 566], width: 13, colour: light.paint('#4c463e') });
      strokeLine(canvas, { from: [690, 580], to: [moored - 88, 590], width: 3, colour: light.paint('#8d8a7c') });
      paintLamp(canvas, { foot: [270, 602], size: 250, light });
      walkers(canvas, share);
    },
  };
};

function paintBoat(
  canvas: Canvas,
  { at: [x, y], size, heading, roof, light }: { at: Spot; size: number; heading: number; roof: string; light: Light },
) {
  const spot = (forward: number, up: number): Spot => [x + forward * heading * size, y - up * size];
  fillPolygon(canvas, { points: [spot(-0.9, 0.22), spot(1, 0.3), spot(0.78, -0.02), spot(-0.8, -0.02)], colour: light.paint('#6e5a48') });
  fillPolygon(canvas, { points: [spot(-0.9, 0.22), spot(1, 0.3), spot(0.98, 0.24), spot(-0.88, 0.16)], colour: light.paint('#b8ae98') });
  fillPolygon(canvas, { points: [spot(-0.6, 0.22), spot(0.3, 0.25), spot(0.3, 0.56), spot(-0.6, 0.54)], colour: light.paint('#a7adae') });
  fillPolygon(canvas, { points: [spot(-0.68, 0.54), spot(0.4, 0.56), spot(0.36, 0.62), spot(-0.66, 0.6)], colour: light.paint(roof) });
  for (const window of [-0.46, -0.2, 0.06]) {
    fillBox(canvas, {
      at: [spot(window + (heading === 1 ? -0.08 : 0.08), 0.48)[0], spot(window, 0.48)[1]],
      width: 0.16 * size,
      height: 0.14 * size,
      colour: light.lamps > 0.3 ? shining.window : light.paint('#3c4b54'),
    });
  }
  fillPolygon(canvas, {
    points: [spot(-0.82, -0.02), spot(0.8, -0.02), spot(0.6, -0.12), spot(-0.7, -0.12)],
    colour: light.paint('#2f4b58'),
    alpha: 0.5,
  });
}
