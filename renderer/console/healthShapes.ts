import type { HealthState } from '#contract/cameras/index.ts';
import type { ShapeName } from '../look/index.ts';

/** Shape of each state: the same as on tiles, where there is one. */
export const healthShapes: { readonly [State in HealthState]: ShapeName } = {
  lost: 'cross',
  flapping: 'triangle',
  unmoving: 'bar',
  starting: 'ring',
  flowing: 'dot',
  idle: 'half',
};
