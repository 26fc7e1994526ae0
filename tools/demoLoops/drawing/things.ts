import type { Randomness } from '#contract/values/index.ts';
import { between, pick } from '#platform/demo/randomness.ts';
import { type Canvas, type Colour, corners, fillBox, fillEllipse, fillPolygon, glow, type Spot, strokeLine } from './canvas.ts';
import { type Light, parsed, shining } from './light.ts';
import { faded, type Share, swing, wrapped } from './motion.ts';

const coats = ['#c9cfd2', '#3f6a86', '#c9a04a', '#a8504a', '#4d5a63', '#7c8f74', '#8a6f86'];
const carPaints = ['#e4e7e8', '#3a4650', '#c79a3c', '#a3433d', '#5a7488', '#8c979c', '#2f5a4a'];

/** A walker: legs swing, the head nods a little. `foot` is between the feet. */
export function paintWalker(
  canvas: Canvas,
  walker: { foot: Spot; size: number; coat: Colour; step: number; light: Light; alpha?: number },
) {
  const {
    foot: [x, y],
    size,
    coat,
    step,
    light,
    alpha = 1,
  } = walker;
  const stride = Math.sin(step * 2 * Math.PI) * size * 0.14;
  const dark = light.paint('#2f363b');
  fillEllipse(canvas, { at: [x, y], radius: [size * 0.22, size * 0.05], colour: light.paint('#23282b'), alpha: 0.35 * alpha });
  strokeLine(canvas, { from: [x, y - size * 0.45], to: [x + stride, y], width: size * 0.1, colour: dark, alpha });
  strokeLine(canvas, { from: [x, y - size * 0.45], to: [x - stride, y], width: size * 0.1, colour: dark, alpha });
  fillPolygon(canvas, {
    points: corners(
      x - size * 0.13,
      y - size * 0.8,
      x + size * 0.13,
      y - size * 0.8,
      x + size * 0.16,
      y - size * 0.38,
      x - size * 0.16,
      y - size * 0.38,
    ),
    colour: coat,
    alpha,
  });
  fillEllipse(canvas, { at: [x, y - size * 0.9], radius: [size * 0.09, size * 0.1], colour: light.paint('#c9a88c'), alpha });
}

/** People who come, walk a stretch and go, each at a different time. `ground` is the strip they walk on. */
export function createWalkers(
  random: Randomness,
  crowd: {
    count: number;
    ground: readonly [number, number];
    across: readonly [number, number];
    size: readonly [number, number];
    light: Light;
  },
) {
  const { count, ground, across, size, light } = crowd;
  const walkers = Array.from({ length: count }, () => {
    const near = random();
    return {
      near,
      start: between(random, across),
      way: between(random, [260, 480]) * (0.5 + near) * (random() < 0.5 ? -1 : 1),
      offset: random(),
      coat: light.paint(pick(random, coats)),
      steps: 18 + Math.floor(random() * 7),
    };
  });
  walkers.sort((one, other) => one.near - other.near);
  return (canvas: Canvas, share: Share) => {
    for (const { near, start, way, offset, coat, steps } of walkers) {
      const progress = wrapped(share + offset);
      const foot: Spot = [start + way * (progress - 0.5), ground[0] + near * (ground[1] - ground[0])];
      const tall = size[0] + near * (size[1] - size[0]);
      paintWalker(canvas, { foot, size: tall, coat, step: progress * steps, light, alpha: faded(progress, 0.035) });
    }
  };
}

/** A car's paint by chance. */
export function carPaint(random: Randomness, light: Light): Colour {
  return light.paint(pick(random, carPaints));
}

/** A car from the front or the back on a road that runs away from the viewer. `foot` is the middle of its shadow. */
export function paintCarOnRoad(canvas: Canvas, car: CarOnRoad) {
  const { foot, size, paint, light, alpha = 1 } = car;
  const part = (colour: Colour, ...outline: readonly number[]) =>
    fillPolygon(canvas, { points: scaled(car, corners(...outline)), colour, alpha });
  fillEllipse(canvas, { at: foot, radius: [size * 0.6, size * 0.09], colour: light.paint('#15191b'), alpha: 0.5 * alpha });
  for (const left of [-0.46, 0.28]) part(light.paint('#1b1f22'), left, 0.14, left + 0.18, 0.14, left + 0.18, 0, left, 0);
  part(paint, -0.5, 0.5, 0.5, 0.5, 0.5, 0.08, -0.5, 0.08);
  part(paint, -0.36, 0.82, 0.36, 0.82, 0.46, 0.5, -0.46, 0.5);
  part(light.paint('#39474f'), -0.32, 0.77, 0.32, 0.77, 0.4, 0.52, -0.4, 0.52);
  paintCarLamps(canvas, car);
}

type CarOnRoad = { foot: Spot; size: number; paint: Colour; side: 'front' | 'back'; light: Light; alpha?: number };

function paintCarLamps(canvas: Canvas, { foot: [x, y], size, side, light, alpha = 1 }: CarOnRoad) {
  const colour = side === 'front' ? shining.headlight : shining.tail;
  for (const left of [-0.4, 0.4]) {
    const at: Spot = [x + left * size, y - 0.36 * size];
    fillEllipse(canvas, { at, radius: [0.08 * size, 0.06 * size], colour, alpha });
    if (light.lamps > 0.3) glow(canvas, { at, radius: [size * 0.5, size * 0.4], colour, alpha: light.lamps * 0.7 * alpha });
  }
}

// An outline in shares of a thing's size, y up, put where the thing stands.
function scaled({ foot: [x, y], size }: { foot: Spot; size: number }, outline: readonly Spot[]): Spot[] {
  return outline.map(([right, up]) => [x + right * size, y - up * size]);
}

/** A car from its side, driving to the right (`heading` 1) or left (-1). */
export function paintCarSide(
  canvas: Canvas,
  car: { foot: Spot; size: number; paint: Colour; heading: 1 | -1; light: Light; alpha?: number },
) {
  const {
    foot: [x, y],
    size,
    paint,
    heading,
    light,
    alpha = 1,
  } = car;
  const at = (forward: number, up: number): Spot => [x + forward * heading * size, y - up * size];
  fillEllipse(canvas, { at: [x, y], radius: [size * 0.62, size * 0.06], colour: light.paint('#15191b'), alpha: 0.45 * alpha });
  fillPolygon(canvas, {
    points: [at(-0.6, 0.1), at(0.6, 0.1), at(0.6, 0.28), at(0.36, 0.33), at(0.16, 0.52), at(-0.34, 0.52), at(-0.5, 0.34), at(-0.6, 0.32)],
    colour: paint,
    alpha,
  });
  fillPolygon(canvas, { points: [at(0.28, 0.33), at(0.12, 0.48), at(-0.3, 0.48), at(-0.42, 0.33)], colour: light.paint('#39474f'), alpha });
  for (const forward of [-0.36, 0.36])
    fillEllipse(canvas, { at: at(forward, 0.1), radius: [0.12 * size, 0.12 * size], colour: light.paint('#1b1f22'), alpha });
  if (light.lamps <= 0.3) return;
  glow(canvas, { at: at(0.72, 0.24), radius: [0.45 * size, 0.22 * size], colour: shining.headlight, alpha: 0.8 * light.lamps * alpha });
  glow(canvas, { at: at(-0.62, 0.26), radius: [0.2 * size, 0.14 * size], colour: shining.tail, alpha: 0.8 * light.lamps * alpha });
}

/** A lamp post; it glows by the light's need. */
export function paintLamp(canvas: Canvas, { foot: [x, y], size, light }: { foot: Spot; size: number; light: Light }) {
  strokeLine(canvas, { from: [x, y], to: [x, y - size], width: Math.max(2, size * 0.025), colour: light.paint('#3b4449') });
  strokeLine(canvas, {
    from: [x, y - size],
    to: [x + size * 0.16, y - size * 1.03],
    width: Math.max(2, size * 0.02),
    colour: light.paint('#3b4449'),
  });
  const head: Spot = [x + size * 0.16, y - size * 1.02];
  if (light.lamps > 0.3) {
    glow(canvas, { at: head, radius: [size * 0.42, size * 0.42], colour: shining.lamp, alpha: 0.55 * light.lamps });
    glow(canvas, { at: [head[0], y], radius: [size * 0.5, size * 0.09], colour: shining.lamp, alpha: 0.28 * light.lamps });
  }
  fillEllipse(canvas, { at: head, radius: [size * 0.045, size * 0.02], colour: light.lamps > 0.3 ? shining.lamp : light.paint('#cdd3d4') });
}

/** Windows of a house in rows; each lit one has hours of its own within the loop. */
export function createWindows(
  random: Randomness,
  house: { at: Spot; columns: number; rows: number; pitch: Spot; size: Spot; light: Light },
) {
  const { at, columns, rows, pitch, size, light } = house;
  const windows = Array.from({ length: columns * rows }, (_, index) => {
    const isLit = random() < 0.08 + 0.42 * light.lamps;
    return {
      x: at[0] + (index % columns) * pitch[0],
      y: at[1] + Math.floor(index / columns) * pitch[1],
      isLit,
      switches: random() < 0.3,
      on: random(),
      tone: between(random, [0.7, 1]),
    };
  });
  const paintOne = (canvas: Canvas, { x, y, lit, tone }: { x: number; y: number; lit: number; tone: number }) => {
    fillBox(canvas, { at: [x, y], width: size[0], height: size[1], colour: light.paint('#36434b') });
    if (lit > 0) fillBox(canvas, { at: [x, y], width: size[0], height: size[1], colour: shining.window, alpha: lit * tone });
  };
  return {
    paintStill: (canvas: Canvas) => {
      for (const window of windows) paintOne(canvas, { ...window, lit: window.isLit ? 1 : 0 });
    },
    paintSwitching: (canvas: Canvas, share: Share) => {
      for (const window of windows.filter(({ isLit, switches }) => isLit && switches)) {
        // A hard switch twice in the loop, as fingers do it.
        paintOne(canvas, { ...window, lit: swing(share, { times: 1, offset: window.on }) > -0.3 ? 1 : 0 });
      }
    },
  };
}

/** A house front with a flat roof and a plinth. */
export function paintFront(
  canvas: Canvas,
  { at, width, height, wall, light }: { at: Spot; width: number; height: number; wall: string; light: Light },
) {
  fillBox(canvas, { at, width, height, colour: light.paint(wall) });
  fillBox(canvas, { at: [at[0] - 4, at[1] - 8], width: width + 8, height: 10, colour: light.paint('#5a6268') });
  fillBox(canvas, { at: [at[0], at[1] + height - 14], width, height: 14, colour: light.paint('#565c5f') });
}

/** A flag that waves on its pole. */
export function paintFlag(canvas: Canvas, { foot: [x, y], size, share, light }: { foot: Spot; size: number; share: Share; light: Light }) {
  strokeLine(canvas, { from: [x, y], to: [x, y - size], width: 4, colour: light.paint('#aeb6ba') });
  const wave = (along: number) => swing(share, { times: 8, offset: -along * 0.9 }) * size * 0.03 * along;
  const edge = Array.from({ length: 7 }, (_, index) => index / 6);
  const [long, high] = [size * 0.3, size * 0.19];
  const upper = edge.map((along): Spot => [x + long * along, y - size + 4 + wave(along)]);
  const lower = edge.map((along): Spot => [x + long * along, y - size + 4 + high + wave(along)]);
  fillPolygon(canvas, { points: [...upper, ...lower.toReversed()], colour: light.paint('#b8433c') });
}

/** Colours of traffic lights. */
export const signalColours = { stop: parsed('#e2574c'), go: parsed('#6fb58a') } as const;
