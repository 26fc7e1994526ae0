import { type Canvas, corners, fillBox, fillEllipse, fillPolygon, fillRows, strokeLine } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { type Light, shining } from '../light.ts';
import { passage, swing } from '../motion.ts';
import { createMist, createRidge, paintRidge, paintSky } from '../nature.ts';
import { createWalkers, paintLamp } from '../things.ts';

/** A granary yard: silos, a warehouse, a truck on the weighbridge. */
export const createGranary: CreateDrawing = ({ random, light }) => {
  const hills = createRidge(random, { y: 260, rise: 60 });
  const mist = createMist(random, { count: 5, top: 120, bottom: 280, alpha: 0.28 });
  const walkers = createWalkers(random, { count: 6, ground: [500, 640], across: [80, 1200], size: [70, 98], light });
  const truck = { starts: random() * 0.3, lasts: 0.66 };
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 340 });
      paintRidge(canvas, { ridge: hills, colour: light.far('#5a7565', 0.34) });
      fillRows(canvas, { top: 440, bottom: 720, colours: [light.paint('#8a877d'), light.paint('#6d6b65')] });
      for (const x of [110, 262, 414]) paintSilo(canvas, { x, light });
      fillPolygon(canvas, {
        points: corners(560, 300, 860, 226, 1160, 300),
        colour: light.paint('#5d666b'),
      });
      fillBox(canvas, { at: [580, 298], width: 560, height: 170, colour: light.paint('#a59d88') });
      fillBox(canvas, { at: [580, 452], width: 560, height: 18, colour: light.paint('#7a7468') });
      for (const x of [630, 820, 1010]) {
        fillBox(canvas, { at: [x, 352], width: 92, height: 118, colour: light.paint('#56626a') });
        for (let slat = 0; slat < 8; slat += 1)
          fillBox(canvas, { at: [x, 358 + slat * 14], width: 92, height: 2, colour: light.paint('#434d54') });
        fillBox(canvas, { at: [x + 28, 316], width: 36, height: 20, colour: light.lamps > 0.3 ? shining.window : light.paint('#3b4850') });
      }
      strokeLine(canvas, { from: [478, 190], to: [700, 270], width: 12, colour: light.paint('#6d767a') });
      for (const x of [520, 590, 650])
        strokeLine(canvas, { from: [x, 204 + (x - 478) * 0.36], to: [x, 440], width: 4, colour: light.paint('#5b6468') });
      fillPolygon(canvas, {
        points: corners(360, 660, 960, 660, 930, 612, 400, 612),
        colour: light.paint('#5f6365'),
      });
      fillPolygon(canvas, {
        points: corners(376, 652, 944, 652, 918, 619, 412, 619),
        colour: light.paint('#787c7c'),
      });
      for (const x of [70, 1200]) paintLamp(canvas, { foot: [x, 520], size: 300, light });
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
      for (const x of [820])
        fillEllipse(canvas, { at: [x + 46, 411], radius: [2, 2], colour: shining.lamp, alpha: 0.5 + 0.4 * swing(share, { times: 4 }) });
      walkers(canvas, share);
      const progress = passage(share, truck);
      if (progress !== null) paintTruck(canvas, { x: truckX(progress), light });
    },
  };
};

function truckX(progress: number): number {
  if (progress < 0.35) return -300 + 950 * (1 - (1 - progress / 0.35) ** 2);
  if (progress < 0.65) return 650;
  return 650 + 1000 * ((progress - 0.65) / 0.35) ** 2;
}

function paintSilo(canvas: Canvas, { x, light }: { x: number; light: Light }) {
  fillPolygon(canvas, {
    points: corners(x - 4, 232, x + 132, 232, x + 64, 176),
    colour: light.paint('#7a8387'),
  });
  fillBox(canvas, { at: [x, 230], width: 128, height: 238, colour: light.paint('#aeb3b1') });
  fillBox(canvas, { at: [x + 92, 230], width: 36, height: 238, colour: light.paint('#868d8f'), alpha: 0.7 });
  for (let ring = 1; ring < 6; ring += 1)
    fillBox(canvas, { at: [x, 230 + ring * 40], width: 128, height: 3, colour: light.paint('#90979a') });
  strokeLine(canvas, { from: [x + 22, 232], to: [x + 22, 466], width: 3, colour: light.paint('#6d7478') });
}

function paintTruck(canvas: Canvas, { x, light }: { x: number; light: Light }) {
  fillEllipse(canvas, { at: [x, 642], radius: [230, 12], colour: light.paint('#15191b'), alpha: 0.45 });
  fillBox(canvas, { at: [x - 210, 520], width: 290, height: 92, colour: light.paint('#5d7682') });
  fillPolygon(canvas, {
    points: corners(x - 204, 522, x + 74, 522, x + 30, 498, x - 160, 498),
    colour: light.paint('#b39a5c'),
  });
  for (let rib = 0; rib < 6; rib += 1)
    fillBox(canvas, { at: [x - 196 + rib * 54, 522], width: 4, height: 90, colour: light.paint('#4b606b') });
  fillPolygon(canvas, {
    points: corners(x + 92, 622, x + 92, 506, x + 160, 506, x + 196, 566, x + 200, 622),
    colour: light.paint('#a9554a'),
  });
  fillPolygon(canvas, {
    points: corners(x + 122, 556, x + 122, 520, x + 154, 520, x + 178, 556),
    colour: light.paint('#39474f'),
  });
  fillBox(canvas, { at: [x - 214, 610], width: 410, height: 14, colour: light.paint('#3a4145') });
  for (const wheel of [-160, -104, 146]) {
    fillEllipse(canvas, { at: [x + wheel, 624], radius: [26, 26], colour: light.paint('#1d2225') });
    fillEllipse(canvas, { at: [x + wheel, 624], radius: [10, 10], colour: light.paint('#868e91') });
  }
}
