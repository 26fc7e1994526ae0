import { corners, fillBox, fillPolygon, glow, type Spot } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { shining } from '../light.ts';
import { createMist, createRidge, createWood, paintRidge, paintSky } from '../nature.ts';
import { createTraffic, onRoad, paintRoad, type Road } from '../road.ts';

const portal = { x: 640, y: 396, radius: 118 } as const;

/** A tunnel portal in a hillside: lights run into the mountain, cars come out and go in. */
export const createTunnel: CreateDrawing = ({ random, light }) => {
  const road: Road = { vanish: [portal.x, 372], width: 1080 };
  const far = createRidge(random, { y: 170, rise: 60 });
  const slope = createRidge(random, { y: 232, rise: 50 });
  const wood = createWood(random, { ridge: slope, count: 60, reach: 150 });
  const mist = createMist(random, { count: 6, top: 120, bottom: 270, alpha: 0.34 });
  const traffic = createTraffic(random, { road, light: { ...light, lamps: Math.max(0.45, light.lamps) }, coming: 3, going: 3, size: 300 });
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 260 });
      paintRidge(canvas, { ridge: far, colour: light.far('#5b766c', 0.4) });
      paintRidge(canvas, { ridge: slope, colour: light.paint('#4b6750') });
      wood(canvas, light.paint('#385241'));
      fillPolygon(canvas, {
        points: corners(380, 440, 420, 262, 860, 262, 900, 440),
        colour: light.paint('#8a8b84'),
      });
      for (let course = 0; course < 5; course += 1)
        fillBox(canvas, { at: [414 - course * 8, 286 + course * 34], width: 452 + course * 16, height: 2, colour: light.paint('#6f716c') });
      fillBox(canvas, { at: [404, 250], width: 472, height: 16, colour: light.paint('#a1a29a') });
      fillPolygon(canvas, { points: arch(portal.radius + 14), colour: light.paint('#6b6d69') });
      fillPolygon(canvas, { points: arch(portal.radius), colour: [22, 26, 29] });
      fillPolygon(canvas, {
        points: corners(0, 400, 390, 428, 120, 720, 0, 720),
        colour: light.paint('#526650'),
      });
      fillPolygon(canvas, {
        points: corners(1280, 400, 890, 428, 1160, 720, 1280, 720),
        colour: light.paint('#4c604b'),
      });
      paintRoad(canvas, { road, light });
      glow(canvas, { at: [portal.x, portal.y + 10], radius: [96, 70], colour: shining.lamp, alpha: 0.35 });
      for (let lamp = 0; lamp < 5; lamp += 1) {
        for (const side of [-1, 1]) {
          const depth = 1 - lamp * 0.19;
          const at: Spot = [portal.x + side * 76 * depth, 322 + lamp * 11];
          fillBox(canvas, { at: [at[0] - 7 * depth, at[1]], width: 14 * depth, height: 4, colour: shining.lamp });
          glow(canvas, { at, radius: [30 * depth, 20 * depth], colour: shining.lamp, alpha: 0.4 });
        }
      }
      for (const across of [-1.1, 1.1]) {
        for (let distance = 1; distance < 9; distance += 1) {
          const foot = onRoad(road, { near: 1.1 / distance, across });
          fillBox(canvas, {
            at: [foot[0] - 5 / distance, foot[1] - 60 / distance],
            width: 10 / distance,
            height: 60 / distance,
            colour: light.paint(distance % 2 === 0 ? '#c9c9c0' : '#b9463f'),
          });
        }
      }
    },
    frame(canvas, share) {
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
      traffic(canvas, share);
    },
  };
};

function arch(radius: number): Spot[] {
  const curve = Array.from({ length: 21 }, (_, index): Spot => {
    const angle = Math.PI - (index / 20) * Math.PI;
    return [portal.x + radius * Math.cos(angle), portal.y - radius * 0.92 * Math.sin(angle)];
  });
  return [...curve, [portal.x + radius, 440], [portal.x - radius, 440]];
}
