import { courseThrough } from './courses.ts';
import type { Landscape } from './landscape.ts';
import { distanceKm, type Point } from './plane.ts';
import { seededRandomness } from '#platform/demo/randomness.ts';

/** A river on the plane, from its upper end to its mouth. */
export type RiverCourse = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly widthM: number;
  readonly line: readonly Point[];
};

// A way point: near a town's seat (its index in landscape.ts; km east and north of it), or beyond the border in a direction (radians).
type WayPoint = { readonly seat: number; readonly off: Point } | { readonly beyond: number };

const [chengguan, songhe, dukou, tongshi, shuangxi, meiping, liuwan, qingshi, tongling, shatian] = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const main: readonly WayPoint[] = [
  { beyond: 3.3 },
  { seat: liuwan, off: [1.2, 1.6] },
  { seat: dukou, off: [-0.6, -1.1] },
  { seat: chengguan, off: [-4.5, 1] },
  { seat: chengguan, off: [0.6, -1.1] },
  { seat: chengguan, off: [9, -1.5] },
  { seat: shuangxi, off: [-0.8, 0.9] },
  { beyond: 0.1 },
];

// Each ends in the point of the main river nearest to its last way point.
const tributaries: readonly (Omit<RiverCourse, 'line'> & { readonly way: readonly WayPoint[] })[] = [
  {
    id: 'song-he',
    name: '松河',
    nameEn: 'Song River',
    widthM: 60,
    way: [
      { beyond: 1.05 },
      { seat: tongling, off: [-0.9, -0.6] },
      { seat: songhe, off: [0.7, 1.6] },
      { seat: songhe, off: [-0.7, -0.9] },
      { seat: chengguan, off: [7.5, -1] },
    ],
  },
  {
    id: 'tong-he',
    name: '筒河',
    nameEn: 'Tong River',
    widthM: 50,
    way: [{ beyond: 3.85 }, { seat: tongshi, off: [-1, -0.6] }, { seat: tongshi, off: [1.2, 0.8] }, { seat: chengguan, off: [-4.5, 0] }],
  },
  {
    id: 'mei-xi',
    name: '梅溪',
    nameEn: 'Mei Stream',
    widthM: 35,
    way: [
      { beyond: 4.85 },
      { seat: qingshi, off: [0.9, 0.3] },
      { seat: meiping, off: [-0.9, -0.5] },
      { seat: meiping, off: [0.3, 1.4] },
      { seat: shuangxi, off: [-5, 0] },
    ],
  },
  {
    id: 'sha-xi',
    name: '沙溪',
    nameEn: 'Sha Stream',
    widthM: 30,
    way: [
      { beyond: 5.6 },
      { seat: shatian, off: [0.8, -0.4] },
      { seat: shatian, off: [-0.9, 1] },
      { seat: shatian, off: [-2, 5] },
      { seat: shuangxi, off: [-1.5, 0] },
    ],
  },
];

/** The county's river and its four tributaries; each tributary ends in a point of the main river. */
export function drawRivers({ seed, landscape }: { seed: number; landscape: Landscape }): RiverCourse[] {
  const random = seededRandomness({ seed, label: 'rivers' });
  const placed = (way: readonly WayPoint[]) => way.map((wayPoint) => placeOf(landscape, wayPoint));
  const course = (points: readonly Point[]) => courseThrough(random, { points, bend: 0.24, shortestKm: 0.5 });
  const line = course(placed(main));
  const nearestOnMain = (from: Point) => line.reduce((best, point) => (distanceKm(point, from) < distanceKm(best, from) ? point : best));
  return [
    { id: 'anlan-he', name: '安澜河', nameEn: 'Anlan River', widthM: 120, line },
    ...tributaries.map(({ way, ...river }) => {
      const points = placed(way);
      return { ...river, line: course([...points.slice(0, -1), ...points.slice(-1).map(nearestOnMain)]) };
    }),
  ];
}

function placeOf(landscape: Landscape, wayPoint: WayPoint): Point {
  if ('beyond' in wayPoint) {
    const [east, north] = landscape.borderPoint(wayPoint.beyond);
    return [east * 1.05, north * 1.05];
  }
  const [east, north] = landscape.seats[wayPoint.seat]?.at ?? [0, 0];
  return [east + wayPoint.off[0], north + wayPoint.off[1]];
}
