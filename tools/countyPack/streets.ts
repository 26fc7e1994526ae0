import type { Randomness } from '#contract/values/index.ts';
import { between } from '#platform/demo/randomness.ts';
import type { Km } from './plane.ts';

/** A place where people live: its middle, how big it is, and how its streets lie (radians, of the road that leads through it). */
export type Settlement = {
  readonly at: Km;
  readonly size: 'seat' | 'town' | 'village';
  readonly turn: number;
};

/** A street as a line through the crossings of its town; crossings are the same points in every street that meets there. */
export type Street = { readonly line: readonly Km[]; readonly name: readonly [zh: string, en: string] | null };

// Streets to each side of the middle, along and across; how far apart they are, km.
const nets = {
  seat: { along: 5, across: 7, apartKm: [0.15, 0.12] },
  town: { along: 2, across: 3, apartKm: [0.13, 0.11] },
  village: { along: 0, across: 1, apartKm: [0.1, 0.11] },
} as const;

/** The streets of a settlement: a bent net around its middle, looser towards the edge. */
export function streetsOf(random: Randomness, { at, size, turn }: Settlement): Street[] {
  const net = nets[size];
  const [bend, lean] = [between(random, [-0.35, 0.35]), between(random, [-0.25, 0.25])];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const shaken = new Map<string, Km>();
  const crossing = (along: number, across: number): Km => {
    const key = `${along},${across}`;
    const known = shaken.get(key);
    if (known !== undefined) return known;
    const [u, v] = [along * net.apartKm[0], across * net.apartKm[1]];
    const shake = along === 0 && across === 0 ? 0 : 0.022;
    const x = v + u * lean + between(random, [-shake, shake]);
    const y = u + v * v * bend * 0.5 + between(random, [-shake, shake]);
    const point: Km = along === 0 && across === 0 ? at : [at[0] + x * cos - y * sin, at[1] + x * sin + y * cos];
    shaken.set(key, point);
    return point;
  };
  const reach = (middle: number, of: number) => Math.round(middle * Math.sqrt(1 - (of === 0 ? 0 : of * of) * 0.72));
  const streets: Street[] = [];
  for (let along = -net.along; along <= net.along; along += 1) {
    const far = reach(net.across, net.along === 0 ? 0 : along / net.along);
    const line = Array.from({ length: 2 * far + 1 }, (_, index) => crossing(along, index - far));
    if (line.length > 1) streets.push({ line, name: size !== 'village' && along === 0 ? ['正街', 'Main Street'] : null });
  }
  for (let across = -net.across; across <= net.across; across += 1) {
    const far = reach(Math.max(1, net.along), across / net.across);
    if (net.along === 0 && across !== 0) continue;
    const line = Array.from({ length: 2 * far + 1 }, (_, index) => crossing(index - far, across));
    if (line.length > 1) streets.push({ line, name: size !== 'village' && across === 0 ? ['横街', 'Cross Street'] : null });
  }
  return streets;
}
