import type { Randomness } from '#contract/values/index.ts';
import { between } from '#platform/demo/randomness.ts';
import {
  type Canvas,
  type Colour,
  corners,
  fillEllipse,
  fillPolygon,
  fillRows,
  glow,
  mixed,
  pictureSize,
  type Spot,
  strokeLine,
} from './canvas.ts';
import type { Light } from './light.ts';
import { type Share, swing, wrapped } from './motion.ts';

const { width, height } = pictureSize;

/** The sky down to a horizon, and haze below it wherever nothing else is painted. */
export function paintSky(canvas: Canvas, { light, horizon }: { light: Light; horizon: number }) {
  fillRows(canvas, { top: 0, bottom: horizon, colours: light.sky });
  fillRows(canvas, { top: horizon, bottom: height, colours: [light.sky[1], light.sky[1]] });
}

/** The moon, where the light is that of the night. */
export function paintMoon(canvas: Canvas, { at, light }: { at: Spot; light: Light }) {
  if (light.lamps < 1) return;
  const colour = mixed(light.sky[1], [236, 238, 228], 0.75);
  glow(canvas, { at, radius: [300, 190], colour, alpha: 0.22 });
  glow(canvas, { at, radius: [70, 70], colour, alpha: 0.4 });
  fillEllipse(canvas, { at, radius: [24, 24], colour });
}

/** A line of hills from edge to edge: y for each x. */
export type Ridge = (x: number) => number;

/** Soft hills around `y`, at most `rise` high. */
export function createRidge(random: Randomness, { y, rise }: { y: number; rise: number }): Ridge {
  const waves = [1.1, 2.3, 4.1, 7.7].map((count) => ({
    count,
    size: between(random, [0.6, 1]) / count,
    turn: between(random, [0, 2 * Math.PI]),
  }));
  const total = waves.reduce((sum, wave) => sum + wave.size, 0);
  return (x) =>
    y - (1.7 * rise * waves.reduce((sum, { count, size, turn }) => sum + size * Math.sin((x / width) * count * Math.PI + turn), 0)) / total;
}

/** Fills everything below a ridge. */
export function paintRidge(canvas: Canvas, { ridge, colour }: { ridge: Ridge; colour: Colour }) {
  const points: Spot[] = [[0, height]];
  for (let x = 0; x <= width; x += 8) points.push([x, ridge(x)]);
  points.push([width, height]);
  fillPolygon(canvas, { points, colour });
}

/** A conifer standing on a spot. */
export function paintConifer(canvas: Canvas, { foot: [x, y], size, colour }: { foot: Spot; size: number; colour: Colour }) {
  for (const [up, wide] of [
    [0, 0.34],
    [0.28, 0.27],
    [0.55, 0.19],
  ] as const) {
    fillPolygon(canvas, {
      points: corners(x, y - size * (up + 0.48), x + size * wide, y - size * up, x - size * wide, y - size * up),
      colour,
    });
  }
}

/** A round tree with a trunk. */
export function paintLeafTree(canvas: Canvas, { foot: [x, y], size, light }: { foot: Spot; size: number; light: Light }) {
  strokeLine(canvas, { from: [x, y], to: [x, y - size * 0.55], width: size * 0.09, colour: light.paint('#4f4438') });
  for (const [right, up, radius] of [
    [-0.2, 0.62, 0.26],
    [0.18, 0.6, 0.27],
    [0, 0.8, 0.28],
  ] as const) {
    const points = Array.from({ length: 14 }, (_, index): Spot => {
      const angle = (index / 14) * 2 * Math.PI;
      const bulge = size * radius * (index % 2 === 0 ? 1 : 0.9);
      return [x + size * right + bulge * Math.cos(angle), y - size * up + bulge * Math.sin(angle)];
    });
    fillPolygon(canvas, { points, colour: light.paint(up > 0.7 ? '#5c7a58' : '#4d6a4d') });
  }
}

/** A sparse wood on the slope below a ridge, the nearer the bigger. */
export function createWood(random: Randomness, { ridge, count, reach }: { ridge: Ridge; count: number; reach: number }) {
  const trees = Array.from({ length: count }, () => {
    const x = between(random, [-20, width + 20]);
    const down = between(random, [0.12, 1]);
    return { foot: [x, ridge(x) + down * reach] as Spot, size: between(random, [26, 40]) * (0.6 + down) };
  });
  trees.sort((one, other) => one.foot[1] - other.foot[1]);
  return (canvas: Canvas, colour: Colour) => {
    for (const tree of trees) paintConifer(canvas, { ...tree, colour });
  };
}

/** Thin clouds or mist that wander slowly and are replaced unseen: each fades out at the end of its way. */
export function createMist(
  random: Randomness,
  { count, top, bottom, alpha }: { count: number; top: number; bottom: number; alpha: number },
) {
  const banks = Array.from({ length: count }, () => ({
    at: [between(random, [0, width]), between(random, [top, bottom])] as Spot,
    radius: [between(random, [160, 320]), between(random, [18, 46])] as Spot,
    offset: random(),
    way: between(random, [60, 130]),
  }));
  return (canvas: Canvas, { share, colour }: { share: Share; colour: Colour }) => {
    for (const { at, radius, offset, way } of banks) {
      const progress = wrapped(share + offset);
      glow(canvas, { at: [at[0] + (progress - 0.5) * way, at[1]], radius, colour, alpha: alpha * Math.sin(progress * Math.PI) ** 2 });
    }
  };
}

/** Light lines on water that slide along with the stream. */
export function createRipples(
  random: Randomness,
  { top, bottom, count, stream }: { top: number; bottom: number; count: number; stream: number },
) {
  const lines = Array.from({ length: count }, () => {
    const depth = random() ** 1.4;
    return {
      x: between(random, [0, width]),
      y: top + 6 + depth * (bottom - top - 8),
      depth,
      length: between(random, [24, 70]),
      offset: random(),
    };
  });
  return (canvas: Canvas, { share, colour }: { share: Share; colour: Colour }) => {
    for (const { x, y, depth, length, offset } of lines) {
      const progress = wrapped(share * 2 + offset);
      const from = x + (progress - 0.5) * stream * (0.4 + depth);
      const shine = Math.sin(progress * Math.PI) ** 2 * (0.5 + 0.2 * swing(share, { times: 6, offset }));
      strokeLine(canvas, { from: [from, y], to: [from + length * (0.5 + depth), y], width: 1.6 + depth * 1.6, colour, alpha: shine });
    }
  };
}

/** Snow or rain: short streaks that fall through the picture and come again from above. */
export function createFalling(
  random: Randomness,
  { count, size, drift }: { count: number; size: readonly [number, number]; drift: number },
) {
  const drops = Array.from({ length: count }, () => ({
    x: between(random, [0, width]),
    offset: random(),
    speed: 3 + Math.floor(random() * 4),
    wide: random(),
  }));
  return (canvas: Canvas, { share, colour }: { share: Share; colour: Colour }) => {
    for (const { x, offset, speed, wide } of drops) {
      const fallen = wrapped(share * speed + offset);
      const y = fallen * (height + 40) - 20;
      const at = wrapped((x + drift * fallen + 12 * swing(share, { times: speed, offset })) / width) * width;
      strokeLine(canvas, {
        from: [at, y],
        to: [at + drift * 0.02, y + size[1] * (0.6 + wide * 0.6)],
        width: size[0] * (0.6 + wide * 0.7),
        colour,
        alpha: 0.35 + 0.4 * wide,
      });
    }
  };
}
