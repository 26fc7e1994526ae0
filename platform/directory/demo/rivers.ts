import { courseThrough } from './courses.ts';
import type { Landscape } from './landscape.ts';
import { distanceKm, type Point } from './plane.ts';
import { seededRandomness } from './randomness.ts';

/** A river on the plane, from its upper end to its mouth. */
export type RiverCourse = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly widthM: number;
  readonly line: readonly Point[];
};

// Seats by their index in landscape.ts, passed at a distance in km; angles (radians) are where a river crosses the border.
const [chengguan, songhe, dukou, tongshi, shuangxi, meiping, liuwan, qingshi, tongling, shatian] = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** The county's river and its four tributaries; each tributary ends in a point of the main river. */
export function drawRivers({ seed, landscape }: { seed: number; landscape: Landscape }): RiverCourse[] {
  const random = seededRandomness({ seed, label: 'rivers' });
  const near = (seat: number, [east, north]: Point): Point => {
    const at = landscape.seats[seat]?.at ?? [0, 0];
    return [at[0] + east, at[1] + north];
  };
  const beyond = (angle: number): Point => {
    const [east, north] = landscape.borderPoint(angle);
    return [east * 1.05, north * 1.05];
  };
  const course = (points: readonly Point[]) => courseThrough(random, { points, bend: 0.24, shortestKm: 0.5 });
  const main = course([
    beyond(3.3),
    near(liuwan, [1.2, 1.6]),
    near(dukou, [-0.6, -1.1]),
    near(chengguan, [-4.5, 1]),
    near(chengguan, [0.6, -1.1]),
    near(chengguan, [9, -1.5]),
    near(shuangxi, [-0.8, 0.9]),
    beyond(0.1),
  ]);
  const into = (from: Point) => main.reduce((best, point) => (distanceKm(point, from) < distanceKm(best, from) ? point : best));
  return [
    { id: 'anlan-he', name: '安澜河', nameEn: 'Anlan River', widthM: 120, line: main },
    {
      id: 'song-he',
      name: '松河',
      nameEn: 'Song River',
      widthM: 60,
      line: course([
        beyond(1.05),
        near(tongling, [-0.9, -0.6]),
        near(songhe, [0.7, 1.6]),
        near(songhe, [-0.7, -0.9]),
        into(near(chengguan, [7.5, -1])),
      ]),
    },
    {
      id: 'tong-he',
      name: '筒河',
      nameEn: 'Tong River',
      widthM: 50,
      line: course([beyond(3.85), near(tongshi, [-1, -0.6]), near(tongshi, [1.2, 0.8]), into(near(chengguan, [-4.5, 0]))]),
    },
    {
      id: 'mei-xi',
      name: '梅溪',
      nameEn: 'Mei Stream',
      widthM: 35,
      line: course([
        beyond(4.85),
        near(qingshi, [0.9, 0.3]),
        near(meiping, [-0.9, -0.5]),
        near(meiping, [0.3, 1.4]),
        into(near(shuangxi, [-5, 0])),
      ]),
    },
    {
      id: 'sha-xi',
      name: '沙溪',
      nameEn: 'Sha Stream',
      widthM: 30,
      line: course([
        beyond(5.6),
        near(shatian, [0.8, -0.4]),
        near(shatian, [-0.9, 1]),
        near(shatian, [-2, 5]),
        into(near(shuangxi, [-1.5, 0])),
      ]),
    },
  ];
}
