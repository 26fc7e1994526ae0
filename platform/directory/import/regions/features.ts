import { decodeText } from '../decodeText.ts';
import { type CoordinateSystem, readCoordinateSystem } from '../coordinates.ts';
import type { Problems } from '../problems.ts';

/** More of either is no county. 1 M points are 25 MB of text. */
export const outlineLimits = { features: 50_000, points: 1_500_000 } as const;

/** One feature of a GeoJSON file, not understood yet. */
export type Feature = { readonly index: number; readonly line: number; readonly properties: object; readonly geometry: unknown };

/** A GeoJSON file's features with the lines they begin in, and the coordinate system that it names. Null when it cannot be read. */
export function readFeatures({
  name,
  bytes,
  problems,
}: {
  name: string;
  bytes: Buffer;
  problems: Problems;
}): { readonly features: readonly Feature[]; readonly crs: CoordinateSystem } | null {
  const about = { file: name, line: 0, column: null, value: '' };
  const { text, encoding, replaced } = decodeText(bytes);
  if (encoding !== 'utf-8') problems.note({ ...about, code: 'directory.import.decodedAs', params: { encoding } });
  if (replaced > 0) problems.refuse({ ...about, code: 'directory.import.unreadable', params: { count: replaced } });
  let whole: unknown;
  try {
    whole = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const { line, found } = placeOf({ message: String((error as Error).message), text });
    problems.refuse({ ...about, line, value: found, code: 'directory.import.brokenJson' });
    return null;
  }
  const { type, features, crs } = (whole ?? {}) as { type?: unknown; features?: unknown; crs?: unknown };
  if (type !== 'FeatureCollection' || !Array.isArray(features) || features.length === 0) {
    problems.refuse({ ...about, line: 1, code: 'directory.import.noFeatures' });
    return null;
  }
  if (features.length > outlineLimits.features || tooManyPoints(features)) {
    problems.refuse({ ...about, code: 'directory.import.tooManyPoints', params: { most: outlineLimits.points } });
    return null;
  }
  const lines = linesOf(text);
  const read = features.map((feature, index): Feature => {
    const { properties, geometry } = (feature ?? {}) as { properties?: unknown; geometry?: unknown };
    const isObject = typeof properties === 'object' && properties !== null;
    return { index, line: lines[index] ?? 0, properties: isObject ? properties : {}, geometry };
  });
  return { features: read, crs: namedSystem(crs) };
}

/** Whoever counts commas between brackets needs no second walk: every point has two numbers. */
function tooManyPoints(features: readonly unknown[]): boolean {
  let points = 0;
  const walk = (value: unknown): void => {
    if (!Array.isArray(value) || points > outlineLimits.points) return;
    if (typeof value[0] === 'number') points += 1;
    else for (const part of value) walk(part);
  };
  for (const feature of features) walk((feature as { geometry?: { coordinates?: unknown } } | null)?.geometry?.coordinates);
  return points > outlineLimits.points;
}

function linesOf(text: string): readonly number[] {
  const lines: number[] = [];
  let [line, at] = [1, 0];
  for (const match of text.matchAll(/"type"\s*:\s*"Feature"/g)) {
    for (; at < match.index; at += 1) if (text.charCodeAt(at) === 10) line += 1;
    lines.push(line);
  }
  return lines;
}

function placeOf({ message, text }: { message: string; text: string }): { line: number; found: string } {
  const place = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  return { line: text.slice(0, place).split('\n').length, found: text.slice(Math.max(0, place - 10), place + 20).replaceAll(/\s+/g, ' ') };
}

/** `crs` left GeoJSON in 2016, and map programs still write it: urn:ogc:def:crs:OGC:1.3:CRS84. */
function namedSystem(crs: unknown): CoordinateSystem {
  const name = (crs as { properties?: { name?: unknown } } | undefined)?.properties?.name;
  const text = typeof crs === 'string' ? crs : typeof name === 'string' ? name : '';
  return readCoordinateSystem(text.split(':').at(-1) ?? '') ?? 'WGS84';
}
