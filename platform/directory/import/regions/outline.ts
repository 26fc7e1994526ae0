import type { LngLat } from '#contract/values/index.ts';
import { type CoordinateSystem, readNumbers, toWgs84 } from '../coordinates.ts';
import { isEnclosed, selfCrossing } from '#contract/map/index.ts';
import { type Ring, signedArea } from './geometry.ts';

/** Says what is wrong with an outline, and where. */
export type TellOutline = (code: string, params?: Record<string, string | number>) => void;

/**
 * A GeoJSON geometry as rings in WGS-84: outer ones counter-clockwise, each followed by its holes, clockwise. Null when it cannot be
 * used; why is told. `note` hears of what was mended.
 */
export function readOutline({
  geometry,
  crs,
  tell,
  note,
}: {
  geometry: unknown;
  crs: CoordinateSystem;
  tell: TellOutline;
  note: TellOutline;
}): readonly Ring[] | null {
  const polygons = polygonsOf(geometry);
  if (polygons === null) return complain(tell, 'notAnOutline');
  const rings: Ring[] = [];
  for (const polygon of polygons) {
    const read = polygon.map((ring) => readRing({ ring, crs, tell, note }));
    const [outer, ...holes] = read;
    if (outer === undefined) return complain(tell, 'notAnOutline');
    if (read.some((ring) => ring === null)) return null;
    const whole = [outer, ...holes] as readonly Ring[];
    const stray = whole.slice(1).find((hole) => !hole.some((point) => isEnclosed([outer as Ring], point)));
    if (stray !== undefined) return complain(tell, 'holeOutside', { at: pointText(stray[0] ?? [0, 0]) });
    rings.push(...whole.map((ring, index) => turned(ring, index === 0 ? 1 : -1)));
  }
  return rings;
}

function polygonsOf(geometry: unknown): readonly (readonly unknown[])[] | null {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  const polygons: unknown = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : null;
  if (!Array.isArray(polygons) || polygons.length === 0) return null;
  return polygons.every((polygon): polygon is readonly unknown[] => Array.isArray(polygon)) ? polygons : null;
}

function readRing({ ring, crs, tell, note }: { ring: unknown; crs: CoordinateSystem; tell: TellOutline; note: TellOutline }): Ring | null {
  if (!Array.isArray(ring)) return complain(tell, 'notAnOutline');
  const points: LngLat[] = [];
  for (const [index, raw] of ring.entries()) {
    const [lng, lat]: readonly unknown[] = Array.isArray(raw) ? raw : [];
    const pair = typeof lng === 'number' && typeof lat === 'number' ? readNumbers(lng, lat) : null;
    if (pair === null) return complain(tell, 'badPoint', { point: index + 1, at: JSON.stringify(raw ?? null).slice(0, 40) });
    if (!pair.ok) return complain(tell, pair.refusal.code, { at: pointText([lng, lat] as never) });
    points.push(pair.value);
  }
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return complain(tell, 'ringTooShort');
  if (first[0] !== last[0] || first[1] !== last[1]) {
    note('ringClosed', { at: pointText(last) });
    points.push(first);
  }
  return usable({ points, crs, tell });
}

function usable({ points, crs, tell }: { points: readonly LngLat[]; crs: CoordinateSystem; tell: TellOutline }): Ring | null {
  if (points.length < 4) return complain(tell, 'ringTooShort');
  const turn = points.findIndex(([lng], index) => index > 0 && Math.abs(lng - (points[index - 1]?.[0] ?? lng)) > 180);
  if (turn > 0) return complain(tell, 'antimeridian', { at: pointText(points[turn] as LngLat) });
  const outside = points.find(([lng, lat]) => lng < 73 || lng > 136 || lat < 3 || lat > 54);
  if (outside !== undefined) return complain(tell, 'outsideChina', { at: pointText(outside) });
  const crossing = selfCrossing(points);
  if (crossing === 'tooComplex') return complain(tell, 'outlineTooComplex');
  if (crossing !== null) return complain(tell, 'selfCrossing', { at: pointText(crossing) });
  return points.map((point) => toWgs84(point, crs));
}

function turned(ring: Ring, direction: 1 | -1): Ring {
  return signedArea(ring) * direction < 0 ? ring.toReversed() : ring;
}

function pointText([lng, lat]: LngLat): string {
  return `${Math.round(lng * 1e6) / 1e6}, ${Math.round(lat * 1e6) / 1e6}`;
}

function complain(tell: TellOutline, code: string, params?: Record<string, string | number>): null {
  tell(code.startsWith('directory.') ? code : `directory.import.${code}`, params);
  return null;
}
