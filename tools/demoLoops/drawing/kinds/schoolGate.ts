import { pick } from '#platform/demo/randomness.ts';
import { corners, fillBox, fillPolygon, fillRows, strokeLine } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { swing } from '../motion.ts';
import { createMist, createRidge, paintLeafTree, paintRidge, paintSky } from '../nature.ts';
import { createWalkers, createWindows, paintFlag, paintFront } from '../things.ts';

const schools = [
  { wall: '#b7ad94', trim: '#8f4c44' },
  { wall: '#a3acab', trim: '#4f6f7c' },
  { wall: '#b5a08c', trim: '#5f6f58' },
];

/** A school's gate with its sliding barrier, flag and zebra crossing; children come and go. */
export const createSchoolGate: CreateDrawing = ({ random, light }) => {
  const { wall, trim } = pick(random, schools);
  const hills = createRidge(random, { y: 210, rise: 50 });
  const mist = createMist(random, { count: 4, top: 50, bottom: 180, alpha: 0.24 });
  const windows = createWindows(random, { at: [330, 196], columns: 10, rows: 3, pitch: [64, 62], size: [42, 36], light });
  const children = createWalkers(random, { count: 16, ground: [452, 560], across: [120, 1160], size: [42, 66], light });
  const adults = createWalkers(random, { count: 5, ground: [470, 580], across: [160, 1120], size: [70, 92], light });
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 300 });
      paintRidge(canvas, { ridge: hills, colour: light.far('#61786d', 0.42) });
      paintFront(canvas, { at: [300, 170], width: 680, height: 240, wall, light });
      fillBox(canvas, { at: [300, 158], width: 680, height: 14, colour: light.paint(trim) });
      windows.paintStill(canvas);
      for (const [x, size] of [
        [70, 230],
        [210, 190],
        [1090, 200],
        [1220, 240],
      ] as const)
        paintLeafTree(canvas, { foot: [x, 430], size, light });
      fillRows(canvas, { top: 430, bottom: 580, colours: [light.paint('#8b8a85'), light.paint('#7c7b77')] });
      fillBox(canvas, { at: [0, 366], width: 400, height: 70, colour: light.paint('#a09784') });
      fillBox(canvas, { at: [880, 366], width: 400, height: 70, colour: light.paint('#a09784') });
      for (const x of [400, 850]) fillBox(canvas, { at: [x, 318], width: 34, height: 122, colour: light.paint('#8b7f6b') });
      for (const x of [396, 846]) fillBox(canvas, { at: [x, 310], width: 42, height: 12, colour: light.paint('#6d6355') });
      fillBox(canvas, { at: [906, 336], width: 92, height: 104, colour: light.paint('#c2bda9') });
      fillBox(canvas, { at: [898, 328], width: 108, height: 12, colour: light.paint('#5e6a72') });
      fillBox(canvas, { at: [920, 356], width: 62, height: 40, colour: light.paint('#46545d') });
      fillRows(canvas, { top: 580, bottom: 720, colours: [light.paint('#50575b'), light.paint('#464d51')] });
      fillBox(canvas, { at: [0, 576], width: 1280, height: 7, colour: light.paint('#a3a49e') });
      for (let stripe = 0; stripe < 9; stripe += 1) {
        const x = 370 + stripe * 62;
        const lean = (x - 640) * 0.24;
        fillPolygon(canvas, {
          points: corners(x, 590, x + 34, 590, x + 34 + lean + 12, 720, x + lean - 4, 720),
          colour: light.paint('#c9cac4'),
        });
      }
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
      windows.paintSwitching(canvas, share);
      paintFlag(canvas, { foot: [640, 420], size: 330, share, light });
      const open = 0.55 + 0.35 * swing(share, { times: 1 });
      for (let bar = 0; bar <= 14; bar += 1) {
        const x = 850 - (bar / 14) * 416 * (1 - open) - 4;
        strokeLine(canvas, { from: [x, 392], to: [x, 440], width: 4, colour: light.paint('#c8ccce') });
      }
      fillBox(canvas, { at: [850 - 416 * (1 - open), 388], width: 416 * (1 - open), height: 5, colour: light.paint('#b9463f') });
      children(canvas, share);
      adults(canvas, share);
    },
  };
};
