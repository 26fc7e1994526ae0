import { Delaunay } from 'd3-delaunay';
import type { generateDemoCounty } from '#platform/directory/index.ts';
import { distanceKm, type Km, type Plane, walked } from './plane.ts';
import { ridged, seededNoise } from './noise.ts';

/** An invented county as the directory's generator makes it. */
export type Demo = ReturnType<typeof generateDemoCounty>;

/** Heights in metres on a regular grid of the plane, from south-west, row by row northwards; smooth between the samples. */
export type HeightField = { heightAt(point: Km): number };

/** The river's fall: metres at its mouth, and per kilometre upwards. */
const mouthM = 410;
const fallPerKm = { main: 1.6, tributary: 9 } as const;
/** How far a valley's floor reaches from its river, and where its sides have risen to the full, km. */
const valleyKm = [0.35, 6.5] as const;
const mountainsM = 1_050;
const sampleKm = 0.1;
/** Towards its edge the drawing becomes a plain of this height: nothing is cut off in the middle of a slope. */
const plainM = 500;
const edgeKm = [0.3, 5] as const;

/** Shapes the land: valleys along the rivers, mountains between them, gentler ground where people settled. */
export function shapeHeights(demo: Demo, plane: Plane): HeightField {
  const [southWest, northEast] = [plane.toKm([plane.bounds[0], plane.bounds[1]]), plane.toKm([plane.bounds[2], plane.bounds[3]])];
  const columns = Math.ceil((northEast[0] - southWest[0]) / sampleKm) + 3;
  const rows = Math.ceil((northEast[1] - southWest[1]) / sampleKm) + 3;
  const metres = new Float32Array(columns * rows);
  const land = { river: nearestRiver(demo, plane), settled: nearestSettlement(demo, plane), wide: seededNoise(11), fine: seededNoise(12) };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const point: Km = [southWest[0] + (column - 1) * sampleKm, southWest[1] + (row - 1) * sampleKm];
      const inside = smoothStep(fromEdgeKm({ point, southWest, northEast }), edgeKm);
      metres[row * columns + column] = plainM + (heightOf(point, land) - plainM) * inside;
    }
  }
  return {
    heightAt: ([east, north]) =>
      smooth({ metres, columns, rows, x: (east - southWest[0]) / sampleKm + 1, y: (north - southWest[1]) / sampleKm + 1 }),
  };
}

function fromEdgeKm({ point: [x, y], southWest, northEast }: { point: Km; southWest: Km; northEast: Km }): number {
  return Math.min(x - southWest[0], northEast[0] - x, y - southWest[1], northEast[1] - y);
}

type LandParts = {
  readonly river: (point: Km) => { readonly awayKm: number; readonly levelM: number };
  readonly settled: (point: Km) => number;
  readonly wide: ReturnType<typeof seededNoise>;
  readonly fine: ReturnType<typeof seededNoise>;
};

function heightOf(point: Km, { river, settled, wide, fine }: LandParts): number {
  const [x, y] = point;
  // The distance is bent by noise, so that spurs and side valleys run down to the river.
  const bend = 1 + 0.45 * wide(x / 3.1, y / 3.1) + 0.2 * fine(x / 1.1, y / 1.1);
  const { awayKm, levelM } = river(point);
  const side = smoothStep(awayKm * bend, valleyKm);
  const crest = ridged(wide, { x: x / 7.5, y: y / 7.5, octaves: 5 });
  const settlement = 1 - 0.72 * Math.exp(-((settled(point) / 1.15) ** 2));
  const mountains = side * (0.25 + 0.75 * crest) * mountainsM * (0.72 + 0.28 * fine(x / 14, y / 14));
  const hills = Math.min(1, awayKm / 0.5) * (fine(x / 0.9, y / 0.9) * 22 + fine(x / 0.35, y / 0.35) * 7);
  return levelM + (mountains + hills) * settlement;
}

/** Level of the nearest river, and how far it is; levels of neighbouring rivers flow into each other along the divides. */
function nearestRiver(demo: Demo, plane: Plane): LandParts['river'] {
  const lines = demo.rivers.map(({ line }) => line.map((place) => plane.toKm(place)));
  const main = samplesOf({ line: lines[0] ?? [], mouthLevelM: mouthM, risePerKm: fallPerKm.main });
  const mouthLevel = (line: readonly Km[]) => {
    const mouth = line.at(-1) ?? [0, 0];
    return main.reduce((best, sample) => (distanceKm(sample.at, mouth) < distanceKm(best.at, mouth) ? sample : best)).levelM;
  };
  const tributaries = lines.slice(1).map((line) => samplesOf({ line, mouthLevelM: mouthLevel(line), risePerKm: fallPerKm.tributary }));
  const rivers = [main, ...tributaries].map((samples) => ({ samples, delaunay: delaunayOf(samples.map(({ at }) => at)), near: 0 }));
  return (point) => {
    let [awayKm, weights, levels] = [Number.POSITIVE_INFINITY, 0, 0];
    for (const river of rivers) {
      // Neighbouring points are asked one after the other: the search begins where the last one ended.
      river.near = river.delaunay.find(point[0], point[1], river.near);
      const sample = river.samples[river.near];
      if (sample === undefined) continue;
      const away = distanceKm(sample.at, point);
      const weight = 1 / (0.02 + away * away) ** 2;
      awayKm = Math.min(awayKm, away);
      weights += weight;
      levels += weight * sample.levelM;
    }
    return { awayKm, levelM: levels / weights };
  };
}

function samplesOf({
  line,
  mouthLevelM,
  risePerKm,
}: {
  line: readonly Km[];
  mouthLevelM: number;
  risePerKm: number;
}): { at: Km; levelM: number }[] {
  const samples = [...walked(line, 0.1)];
  const lengthKm = samples.at(-1)?.wayKm ?? 0;
  return samples.map(({ at, wayKm }) => ({ at, levelM: mouthLevelM + (lengthKm - wayKm) * risePerKm }));
}

function nearestSettlement(demo: Demo, plane: Plane): LandParts['settled'] {
  const middles = demo.regions.filter(({ level }) => level === 'village').map(({ center }) => plane.toKm(center));
  const delaunay = delaunayOf(middles);
  let near = 0;
  return (point) => {
    near = delaunay.find(point[0], point[1], near);
    return distanceKm(middles[near] ?? [0, 0], point);
  };
}

function delaunayOf(points: readonly Km[]): Delaunay<Delaunay.Point> {
  return Delaunay.from(points.map(([x, y]): [number, number] => [x, y]));
}

function smoothStep(value: number, [from, to]: readonly [number, number]): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}

type Sampled = { readonly metres: Float32Array; readonly columns: number; readonly rows: number; readonly x: number; readonly y: number };

/** Catmull-Rom in both directions: no facets of the grid show in the shading of hills. */
function smooth({ metres, columns, rows, x, y }: Sampled): number {
  const [column, row] = [Math.min(columns - 3, Math.max(1, Math.floor(x))), Math.min(rows - 3, Math.max(1, Math.floor(y)))];
  const [u, v] = [clamped(x - column), clamped(y - row)];
  const at = (index: number) => metres[index] ?? 0;
  const along = (start: number) => catmullRom(u, [at(start - 1), at(start), at(start + 1), at(start + 2)]);
  const start = row * columns + column;
  return catmullRom(v, [along(start - columns), along(start), along(start + columns), along(start + 2 * columns)]);
}

function clamped(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function catmullRom(t: number, [a, b, c, d]: readonly [number, number, number, number]): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
