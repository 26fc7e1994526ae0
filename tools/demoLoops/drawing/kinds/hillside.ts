import { between } from '#platform/demo/randomness.ts';
import { fillPolygon, type Spot, strokeLine } from '../canvas.ts';
import type { CreateDrawing } from '../drawing.ts';
import { createHamlet } from '../hamlet.ts';
import { wrapped } from '../motion.ts';
import { createMist, createRidge, createWood, paintMoon, paintRidge, paintSky } from '../nature.ts';

/** Wooded hills with a pale scar down which water and scree run. */
export const createHillside: CreateDrawing = ({ random, light }) => {
  const far = createRidge(random, { y: 300, rise: 70 });
  const middle = createRidge(random, { y: 380, rise: 60 });
  const near = createRidge(random, { y: 520, rise: 60 });
  const wood = createWood(random, { ridge: near, count: 64, reach: 190 });
  const mist = createMist(random, { count: 9, top: 230, bottom: 420, alpha: 0.34 });
  // The scar lies where the nearer hill hides least of it.
  const top = Array.from({ length: 24 }, () => between(random, [420, 960])).reduce((best, x) =>
    near(x + 40) - middle(x) > near(best + 40) - middle(best) ? x : best,
  );
  const hamlet = createHamlet(random, { ground: near, light });
  const scar = scarFrom([top, middle(top) + 6]);
  const drops = Array.from({ length: 34 }, () => ({
    offset: random(),
    across: between(random, [0.12, 0.88]),
    rounds: 3 + Math.floor(random() * 3),
  }));
  return {
    backdrop(canvas) {
      paintSky(canvas, { light, horizon: 430 });
      paintMoon(canvas, { at: [320, 130], light });
      paintRidge(canvas, { ridge: far, colour: light.far('#5f7a6a', 0.42) });
      paintRidge(canvas, { ridge: middle, colour: light.far('#55725a', 0.14) });
      fillPolygon(canvas, { points: scar(0, 1), colour: light.paint('#b3b2a4') });
      paintRidge(canvas, { ridge: near, colour: light.paint('#45624a') });
      hamlet(canvas, 0.05);
      wood(canvas, light.paint('#31493a'));
    },
    frame(canvas, share) {
      for (const { offset, across, rounds } of drops) {
        const down = wrapped(share * rounds + offset);
        const strip = scar(across - 0.03, across + 0.03);
        const count = strip.length / 2;
        const index = Math.min(count - 2, Math.floor(down * (count - 1)));
        const [from, to] = [strip[index], strip[index + 1]];
        if (from !== undefined && to !== undefined && to[1] < near(to[0]))
          strokeLine(canvas, { from, to, width: 3.5, colour: light.far('#eef1ee', 0.05), alpha: 0.85 });
      }
      mist(canvas, { share, colour: light.far('#dfe6e6', 0.3) });
    },
  };
};

// The scar's outline between two shares of its width: down one side and up the other.
function scarFrom([x, y]: Spot): (left: number, right: number) => Spot[] {
  const side = (share: number) =>
    Array.from({ length: 15 }, (_, index): Spot => {
      const down = index / 14;
      return [x + 44 * Math.sin(down * 1.9) + (share - 0.5) * (14 + 52 * down), y + down * 170];
    });
  return (left, right) => [...side(left), ...side(right).toReversed()];
}
