import type { MapView } from './engine/index.ts';

// About a centimetre on the ground; less than a pixel on the largest wall.
const sameWithin = 1e-7;

/** Whether nobody sees a difference between two views. */
export function isSameView(a: MapView, b: MapView): boolean {
  const flat = ({ center: [lng, lat], zoom, pitch, bearing }: MapView) => [lng, lat, zoom, pitch, bearing];
  const other = flat(b);
  return flat(a).every((value, index) => Math.abs(value - (other[index] ?? 0)) <= sameWithin);
}
