import { between, pick } from '#platform/demo/randomness.ts';
import { fillBox, fillEllipse, fillPolygon, fillRows, glow, strokeLine } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { passage } from '../motion.ts';
import { createMist, createRidge, paintLeafTree, paintRidge, paintSky } from '../nature.ts';
import { onRoad, paintRoad, type Road } from '../road.ts';
import { carPaint, createWalkers, createWindows, paintCarOnRoad, paintCarSide, paintFront, signalColours } from '../things.ts';

const walls = ['#84807a', '#76818a', '#8a8f86', '#94887a', '#6c767d', '#8b7f84'];

// In the first half of the loop the cross street has green, in the second half the street ahead.
const crossGreenUntil = 0.5;

/** A crossing with traffic lights: the cross street and the street ahead take turns. */
export const createCrossroads: CreateDrawing = ({ random, light }) => {
  const road: Road = { vanish: [640, 286], width: 1000 };
  const hills = createRidge(random, { y: 226, rise: 46 });
  const mist = createMist(random, { count: 4, top: 60, bottom: 220, alpha: 0.24 });
  const corners = [
    {
      at: [40, 214] as const,
      wall: pick(random, walls),
      windows: createWindows(random, { at: [70, 236], columns: 6, rows: 3, pitch: [60, 48], size: [34, 28], light }),
    },
    {
      at: [830, 214] as const,
      wall: pick(random, walls),
      windows: createWindows(random, { at: [860, 236], columns: 6, rows: 3, pitch: [60, 48], size: [34, 28], light }),
    },
  ];
  const crossing = [0.02, 0.14, 0.27].map((starts, index) => ({
    starts: starts + between(random, [0, 0.05]),
    lasts: 0.19,
    heading: index % 2 === 0 ? (1 as const) : (-1 as const),
    paint: carPaint(random, light),
  }));
  const waiting = carPaint(random, light);
  const coming = [0.54, 0.65, 0.76].map((starts) => ({
    starts: starts + between(random, [0, 0.03]),
    lasts: 0.17,
    paint: carPaint(random, light),
  }));
  const walkers = createWalkers(random, { count: 8, ground: [418, 436], across: [40, 1240], size: [46, 52], light });
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 280 });
      paintRidge(canvas, { ridge: hills, colour: light.far('#61786d', 0.42) });
      fillRows(canvas, { top: 388, bottom: 720, colours: [light.paint('#7f807b'), light.paint('#6b6c69')] });
      paintRoad(canvas, { road, light });
      for (const { at, wall, windows } of corners) {
        paintFront(canvas, { at, width: 410, height: 190, wall, light });
        windows.paintStill(canvas);
      }
      for (const [x, size] of [
        [20, 120],
        [468, 90],
        [812, 92],
        [1262, 130],
      ] as const)
        paintLeafTree(canvas, { foot: [x, 414], size, light });
      fillBox(canvas, { at: [0, 440], width: 1280, height: 118, colour: light.paint('#50575b') });
      for (let x = 0; x < 1280; x += 96)
        if (x < 250 || x > 1000) fillBox(canvas, { at: [x, 497], width: 52, height: 4, colour: light.paint('#b9bdba') });
      for (let stripe = 0; stripe < 11; stripe += 1) {
        const across = -0.86 + stripe * 0.165;
        const corner = (near: number, side: number) => onRoad(road, { near, across: across + side });
        fillPolygon(canvas, {
          points: [corner(0.66, 0), corner(0.66, 0.09), corner(0.8, 0.09), corner(0.8, 0)],
          colour: light.paint('#c3c5c0'),
        });
      }
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
      for (const { windows } of corners) windows.paintSwitching(canvas, share);
      walkers(canvas, share);
      for (const car of coming) {
        const progress = passage(share, car);
        if (progress === null) continue;
        const near = 0.05 / (1.04 - progress);
        paintCarOnRoad(canvas, {
          foot: onRoad(road, { near, across: -0.46 }),
          size: 290 * near,
          paint: car.paint,
          side: 'front',
          light,
          alpha: Math.min(1, (near - 0.048) * 40),
        });
      }
      for (const car of crossing) {
        const progress = passage(share, car);
        if (progress === null) continue;
        const x = -140 + progress * 1560;
        paintCarSide(canvas, {
          foot: car.heading === 1 ? [x, 548] : [1280 - x, 486],
          size: car.heading === 1 ? 118 : 104,
          paint: car.paint,
          heading: car.heading,
          light,
        });
      }
      const leaving = Math.max(0, (share - crossGreenUntil - 0.04) / 0.2);
      const near = 0.92 / (1 + 16 * leaving ** 2);
      // The waiting car is there from the loop's start: it rolls up while the last one vanishes in the distance.
      const arriving = 1 + Math.max(0, (1 - share) / 0.14) ** 2 * 0.5;
      const size = leaving > 0.9 ? 0.92 * (share > 0.86 ? arriving : 0) : near;
      if (size > 0.05)
        paintCarOnRoad(canvas, {
          foot: onRoad(road, { near: size, across: 0.46 }),
          size: 290 * size,
          paint: waiting,
          side: 'back',
          light,
          alpha: Math.min(1, (size - 0.05) * 20),
        });
      paintSignal(290, share >= crossGreenUntil ? 'go' : 'stop');
      paintSignal(986, share >= crossGreenUntil ? 'go' : 'stop');

      function paintSignal(x: number, state: keyof typeof signalColours) {
        strokeLine(canvas, { from: [x, 590], to: [x, 300], width: 8, colour: light.paint('#444d52') });
        fillBox(canvas, { at: [x - 16, 236], width: 32, height: 78, colour: light.paint('#2c3337') });
        for (const [lamp, y] of [
          ['stop', 256],
          ['go', 294],
        ] as const) {
          fillEllipse(canvas, { at: [x, y], radius: [11, 11], colour: state === lamp ? signalColours[lamp] : light.paint('#454d51') });
          if (state === lamp) glow(canvas, { at: [x, y], radius: [40, 40], colour: signalColours[lamp], alpha: 0.3 + 0.3 * light.lamps });
        }
      }
    },
  };
};
