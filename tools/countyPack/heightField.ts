import { Delaunay } from 'd3-delaunay';
import type { generateDemoCounty } from '#platform/directory/index.ts';
import { distanceKm, type Km, type Plane, walked } from './plane.ts';
import { ridged, seededNoise } from './noise.ts';

/** An invented county as the directory's generator makes it. */
export type Demo = ReturnType<typeof generateDemoCounty>;

/** Heights of the land in metres above the sea, smooth everywhere. */
export type HeightField = { heightAt(point: Km): number };

/** The river's fall: metres at its mouth, and per kilometre upwards. */
const mouthM = 410;
const fallPerKm = { main: 1.6, tributary: 9 } as const;
/** How far a valley's floor reaches from its river, and where its sides have risen to the full, km. */
const valleyKm = [0.35, 6.5] as const;
const mountainsM = 1_050;
const sampleKm = 0.1;
/** Levels change slowly: they are worked out on a wider grid, from every so many samples of a river. */
const levelStepKm = 0.4;
const samplesPerLevel = 8;
/** Towards its edge the drawing becomes a plain of this height: nothing is cut off in the middle of a slope. */
const plainM = 500;
const edgeKm = [0.3, 5] as const;

/** Shapes the land: valleys along the rivers, mountains between them, gentler ground where people settled. */
export function shapeHeights(demo: Demo, plane: Plane): HeightField {
  const corners = { southWest: plane.toKm([plane.bounds[0], plane.bounds[1]]), northEast: plane.toKm([plane.bounds[2], plane.bounds[3]]) };
  const rivers = riversOf(demo, plane);
  const land: LandParts = {
    levelAt: sampledField({ ...corners, stepKm: levelStepKm, valueOf: (point) => levelOf(rivers, point) }),
    riverKm: distanceTo(rivers.flatMap((samples) => samples.map(({ at }) => at))),
    settledKm: distanceTo(demo.regions.filter(({ level }) => level === 'village').map(({ center }) => plane.toKm(center))),
    ...{ wide: seededNoise(11), fine: seededNoise(12) },
  };
  const heightAt = sampledField({
    ...corners,
    stepKm: sampleKm,
    valueOf: (point) => plainM + (heightOf(point, land) - plainM) * smoothStep(fromEdgeKm({ point, ...corners }), edgeKm),
  });
  return { heightAt };
}

type Sampling = { readonly southWest: Km; readonly northEast: Km; readonly stepKm: number; readonly valueOf: (point: Km) => number };

/** A field known at the crossings of a grid, smooth between them. */
function sampledField({ southWest: [west, south], northEast: [east, north], stepKm, valueOf }: Sampling): (point: Km) => number {
  const columns = Math.ceil((east - west) / stepKm) + 3;
  const rows = Math.ceil((north - south) / stepKm) + 3;
  const values = Float32Array.from({ length: columns * rows }, (_, index) =>
    valueOf([west + ((index % columns) - 1) * stepKm, south + (Math.floor(index / columns) - 1) * stepKm]),
  );
  return ([x, y]) => smooth({ values, columns, rows, x: (x - west) / stepKm + 1, y: (y - south) / stepKm + 1 });
}

function fromEdgeKm({ point: [x, y], southWest, northEast }: { point: Km; southWest: Km; northEast: Km }): number {
  return Math.min(x - southWest[0], northEast[0] - x, y - southWest[1], northEast[1] - y);
}

type LandParts = {
  /** Metres of the rivers around, flowing into each other along the divides. */
  readonly levelAt: (point: Km) => number;
  readonly riverKm: (point: Km) => number;
  readonly settledKm: (point: Km) => number;
  readonly wide: ReturnType<typeof seededNoise>;
  readonly fine: ReturnType<typeof seededNoise>;
};

function heightOf(point: Km, { levelAt, riverKm, settledKm, wide, fine }: LandParts): number {
  const [x, y] = point;
  // The distance is bent by noise, so that spurs and side valleys run down to the river.
  const bend = 1 + 0.45 * wide(x / 3.1, y / 3.1) + 0.2 * fine(x / 1.1, y / 1.1);
  const awayKm = riverKm(point);
  const side = smoothStep(awayKm * bend, valleyKm);
  const crest = ridged(wide, { x: x / 7.5, y: y / 7.5, octaves: 5 });
  const settlement = 1 - 0.72 * Math.exp(-((settledKm(point) / 1.15) ** 2));
  const mountains = side * (0.25 + 0.75 * crest) * mountainsM * (0.72 + 0.28 * fine(x / 14, y / 14));
  const hills = Math.min(1, awayKm / 0.5) * (fine(x / 0.9, y / 0.9) * 22 + fine(x / 0.35, y / 0.35) * 7);
  return levelAt(point) + (mountains + hills) * settlement;
}

type RiverSample = { readonly at: Km; readonly levelM: number };

/** Every river by samples with their height above the sea; tributaries come in at the level of the main river. */
function riversOf(demo: Demo, plane: Plane): RiverSample[][] {
  const lines = demo.rivers.map(({ line }) => line.map((place) => plane.toKm(place)));
  const main = samplesOf({ line: lines[0] ?? [], mouthLevelM: mouthM, risePerKm: fallPerKm.main });
  const mouthLevel = (line: readonly Km[]) => {
    const mouth = line.at(-1) ?? [0, 0];
    return main.reduce((best, sample) => (distanceKm(sample.at, mouth) < distanceKm(best.at, mouth) ? sample : best)).levelM;
  };
  return [main, ...lines.slice(1).map((line) => samplesOf({ line, mouthLevelM: mouthLevel(line), risePerKm: fallPerKm.tributary }))];
}

/** Near a river its own level; far from all of them something between theirs, nowhere with a step. */
function levelOf(rivers: readonly (readonly RiverSample[])[], point: Km): number {
  let [weights, levels] = [0, 0];
  for (const samples of rivers) {
    for (let index = 0; index < samples.length; index += samplesPerLevel) {
      const sample = samples[index];
      if (sample === undefined) continue;
      const weight = 1 / (0.05 + (sample.at[0] - point[0]) ** 2 + (sample.at[1] - point[1]) ** 2) ** 2;
      weights += weight;
      levels += weight * sample.levelM;
    }
  }
  return levels / weights;
}

function samplesOf({ line, mouthLevelM, risePerKm }: { line: readonly Km[]; mouthLevelM: number; risePerKm: number }): RiverSample[] {
  const samples = [...walked(line, 0.1)];
  const lengthKm = samples.at(-1)?.wayKm ?? 0;
  return samples.map(({ at, wayKm }) => ({ at, levelM: mouthLevelM + (lengthKm - wayKm) * risePerKm }));
}

/** Kilometres to the nearest of some points. Neighbouring places are asked one after the other: a search begins where the last one ended. */
function distanceTo(points: readonly Km[]): (point: Km) => number {
  const delaunay = Delaunay.from(points.map(([x, y]): [number, number] => [x, y]));
  let near = 0;
  return (point) => {
    near = delaunay.find(point[0], point[1], near);
    return distanceKm(points[near] ?? [0, 0], point);
  };
}

function smoothStep(value: number, [from, to]: readonly [number, number]): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}

type Sampled = { readonly values: Float32Array; readonly columns: number; readonly rows: number; readonly x: number; readonly y: number };

/** Catmull-Rom in both directions: no facets of the grid show in the shading of hills. */
function smooth({ values, columns, rows, x, y }: Sampled): number {
  const [column, row] = [Math.min(columns - 3, Math.max(1, Math.floor(x))), Math.min(rows - 3, Math.max(1, Math.floor(y)))];
  const [u, v] = [clamped(x - column), clamped(y - row)];
  const at = (index: number) => values[index] ?? 0;
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
