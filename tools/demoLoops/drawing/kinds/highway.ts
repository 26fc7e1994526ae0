import { between } from '#platform/demo/randomness.ts';
import { strokeLine } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { createHamlet } from '../hamlet.ts';
import { createMist, createRidge, createWood, paintRidge, paintSky } from '../nature.ts';
import { createTraffic, onRoad, paintRoad, type Road } from '../road.ts';

/** A two-lane road between hills, cars coming nearer and going away. */
export const createHighway: CreateDrawing = ({ random, light }) => {
  const road: Road = { vanish: [between(random, [400, 880]), 330], width: 1150 };
  const far = createRidge(random, { y: 290, rise: 60 });
  const near = createRidge(random, { y: 352, rise: 26 });
  const wood = createWood(random, { ridge: near, count: 26, reach: 60 });
  const mist = createMist(random, { count: 5, top: 210, bottom: 330, alpha: 0.3 });
  const hamlet = createHamlet(random, { ground: near, light });
  const traffic = createTraffic(random, { road, light, coming: 4, going: 4, size: 330 });
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 370 });
      paintRidge(canvas, { ridge: far, colour: light.far('#5d7a76', 0.35) });
      paintRidge(canvas, { ridge: near, colour: light.far('#4d6a52', 0.08) });
      hamlet(canvas, 0.12);
      wood(canvas, light.paint('#3a5443'));
      paintRoad(canvas, { road, light });
      for (const across of [-1.08, 1.08]) {
        for (let distance = 1; distance < 22; distance += 1) {
          const foot = onRoad(road, { near: 1.2 / distance, across });
          const high = 46 / distance;
          strokeLine(canvas, { from: foot, to: [foot[0], foot[1] - high], width: 9 / distance + 0.6, colour: light.paint('#8d979b') });
        }
        const [from, to] = [onRoad(road, { near: 1.2, across }), onRoad(road, { near: 0.02, across })];
        strokeLine(canvas, { from: [from[0], from[1] - 42], to: [to[0], to[1] - 1], width: 3, colour: light.paint('#a7b0b3') });
      }
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
      traffic(canvas, share);
    },
  };
};
