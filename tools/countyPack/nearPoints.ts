import KDBush from 'kdbush';
import { type Km, walked } from './plane.ts';

/** Whether something of a set of points lies within so many kilometres. */
export type NearPoints = (point: Km, withinKm: number) => boolean;

/** Indexes points that are known beforehand. */
export function indexPoints(points: readonly Km[]): NearPoints {
  if (points.length === 0) return () => false;
  const index = new KDBush(points.length);
  for (const [x, y] of points) index.add(x, y);
  index.finish();
  return ([x, y], withinKm) => index.within(x, y, withinKm).length > 0;
}

/** Points every 20 m of some lines. */
export function pointsAlong(lines: readonly (readonly Km[])[]): Km[] {
  return lines.flatMap((line) => [...Array.from(walked(line, 0.02), ({ at }) => at), ...line.slice(-1)]);
}
