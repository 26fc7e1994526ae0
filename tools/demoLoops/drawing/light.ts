import type { DemoLight } from '#platform/cameras/demo/index.ts';
import { type Colour, mixed } from './canvas.ts';

/** What the hour does to a scene: its sky, and how paint looks in it. */
export type Light = {
  readonly sky: readonly [top: Colour, horizon: Colour];
  /** Paint as it looks in this light. */
  paint(hex: string): Colour;
  /** The same paint far away: it fades into the horizon. `distance` 0 to 1. */
  far(hex: string, distance: number): Colour;
  /** How strongly lamps and windows shine, 0 to 1. */
  readonly lamps: number;
};

const tints: Readonly<Record<DemoLight, { sky: readonly [string, string]; veil: string; share: number; lamps: number }>> = {
  day: { sky: ['#86a0b4', '#c3cfd2'], veil: '#b8c6ca', share: 0.06, lamps: 0 },
  overcast: { sky: ['#8594a0', '#bcc6c9'], veil: '#7f8d94', share: 0.22, lamps: 0.1 },
  dusk: { sky: ['#3f5163', '#a09a93'], veil: '#2b3a49', share: 0.42, lamps: 0.75 },
  night: { sky: ['#16202b', '#364656'], veil: '#111a23', share: 0.6, lamps: 1 },
};

/** The light of an hour. */
export function lightOf(light: DemoLight): Light {
  const { sky, veil, share, lamps } = tints[light];
  const horizon = parsed(sky[1]);
  const paint = (hex: string) => mixed(parsed(hex), parsed(veil), share);
  return {
    sky: [parsed(sky[0]), horizon],
    paint,
    far: (hex, distance) => mixed(paint(hex), horizon, distance),
    lamps,
  };
}

/** `#rrggbb` as a colour. */
export function parsed(hex: string): Colour {
  const channel = (start: number) => Number.parseInt(hex.slice(start, start + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

/** Colours that shine by themselves. */
export const shining = {
  lamp: parsed('#ffe6b0'),
  window: parsed('#e8c46e'),
  headlight: parsed('#fff3d6'),
  tail: parsed('#e2574c'),
} as const;
