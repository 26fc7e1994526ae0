import { between } from '#platform/demo/randomness.ts';
import { corners, fillBox, fillEllipse, fillPolygon, glow, type Spot, strokeLine } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { parsed } from '../light.ts';
import { passage, swing } from '../motion.ts';
import { createMist, createRidge, createWood, paintMoon, paintRidge, paintSky } from '../nature.ts';

/** Looking over endless woods from a fire tower; another tower stands on the next ridge, birds pass. */
export const createForestTower: CreateDrawing = ({ random, light }) => {
  const ridges = [
    { ridge: createRidge(random, { y: 230, rise: 60 }), fade: 0.66, trees: 0 },
    { ridge: createRidge(random, { y: 310, rise: 66 }), fade: 0.44, trees: 0 },
    { ridge: createRidge(random, { y: 400, rise: 60 }), fade: 0.22, trees: 60 },
    { ridge: createRidge(random, { y: 510, rise: 54 }), fade: 0.04, trees: 90 },
  ];
  const woods = ridges.map(({ ridge, trees }) => createWood(random, { ridge, count: trees, reach: 150 }));
  const mist = createMist(random, { count: 12, top: 240, bottom: 500, alpha: 0.4 });
  // By night only a pale tower stands out from the wood.
  const steel = light.lamps < 1 ? '#39434a' : '#b9c3c8';
  const towerX = between(random, [250, 420]);
  const towerY = ridges[1]?.ridge(towerX) ?? 300;
  const birds = Array.from({ length: 5 }, (_, index) => ({ dx: index * -34, dy: Math.abs(index - 2) * 16, beat: 14 + index }));
  const flight = { starts: between(random, [0, 0.4]), lasts: 0.55 };
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 420 });
      paintMoon(canvas, { at: [870, 130], light });
      ridges.forEach(({ ridge, fade }, index) => {
        paintRidge(canvas, { ridge, colour: light.far('#4c6852', fade) });
        if (index === 1) {
          for (const side of [-1, 1])
            strokeLine(canvas, {
              from: [towerX + side * 15, towerY + 8],
              to: [towerX + side * 5, towerY - 74],
              width: 3,
              colour: light.far(steel, 0.2),
            });
          for (const up of [18, 40, 60])
            strokeLine(canvas, {
              from: [towerX - 12, towerY - up],
              to: [towerX + 12, towerY - up],
              width: 2,
              colour: light.far(steel, 0.2),
            });
          fillBox(canvas, { at: [towerX - 14, towerY - 92], width: 28, height: 20, colour: light.far(steel, 0.15) });
          fillPolygon(canvas, {
            points: corners(towerX - 19, towerY - 91, towerX + 19, towerY - 91, towerX, towerY - 106),
            colour: light.far(steel, 0.15),
          });
        }
        woods[index]?.(canvas, light.far('#35503f', fade));
      });
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#e3eaea', 0.35) });
      const pulse = 0.5 + 0.5 * swing(share, { times: 9 });
      fillEllipse(canvas, { at: [towerX, towerY - 109], radius: [3, 3], colour: parsed('#e2574c'), alpha: 0.25 + 0.75 * pulse });
      glow(canvas, { at: [towerX, towerY - 109], radius: [26, 26], colour: parsed('#e2574c'), alpha: pulse * 0.5 * (0.3 + light.lamps) });
      const progress = passage(share, flight);
      if (progress !== null) {
        for (const { dx, dy, beat } of birds) {
          const [x, y] = [1380 - progress * 1560 - dx, 150 + dy + 18 * Math.sin(progress * 7)];
          const wing = 9 * swing(share, { times: beat * 2 });
          for (const side of [-1, 1])
            strokeLine(canvas, { from: [x, y], to: [x + side * 13, y - wing], width: 3, colour: light.far('#2c353a', 0.15) });
        }
      }
      for (const y of [664, 704]) strokeLine(canvas, { from: [0, y], to: [1280, y - 6], width: 8, colour: light.paint('#59646a') });
      for (let x = 60; x < 1280; x += 232) strokeLine(canvas, { from: [x, 656], to: [x, 720], width: 7, colour: light.paint('#4d575d') });
      strokeLine(canvas, { from: [1120, 720], to: [1120, 536], width: 7, colour: light.paint('#4d575d') });
      for (let cup = 0; cup < 3; cup += 1) {
        // The wind gauge on the railing: eleven turns a loop, seen from the side.
        const turn = (share * 11 + cup / 3) * 2 * Math.PI;
        const at: Spot = [1120 + 46 * Math.cos(turn), 536 + 7 * Math.sin(turn)];
        strokeLine(canvas, { from: [1120, 536], to: at, width: 4, colour: light.paint('#59646a') });
        fillEllipse(canvas, { at, radius: [11, 11], colour: light.paint(Math.sin(turn) > 0 ? '#aeb7ba' : '#7d888d') });
      }
    },
  };
};
