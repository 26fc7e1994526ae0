import type { LngLat } from '#contract/values/index.ts';

/** Metres of one degree of latitude (mean meridian; 0.6 % off at most, which is less than a county's coordinates are worth). */
export const metresPerDegree = 111_320;

/** Metres between two places on the ground, WGS-84; flat between them, so for distances within a county. */
export function groundDistanceM(a: LngLat, b: LngLat): number {
  const apart = Math.abs(b[0] - a[0]);
  // The short way around, also over the 180th meridian.
  const east = (apart > 180 ? 360 - apart : apart) * eastShrink((a[1] + b[1]) / 2);
  return Math.hypot(east, b[1] - a[1]) * metresPerDegree;
}

/** Degrees clockwise from north, 0 to below 360, in which `to` lies seen from `from`. */
export function bearingDeg(from: LngLat, to: LngLat): number {
  const east = (to[0] - from[0]) * eastShrink((from[1] + to[1]) / 2);
  const degrees = (Math.atan2(east, to[1] - from[1]) * 180) / Math.PI;
  return (degrees + 360) % 360;
}

/** How much shorter a degree of longitude is at this latitude than one of latitude. */
export function eastShrink(lat: number): number {
  return Math.cos((lat * Math.PI) / 180);
}
