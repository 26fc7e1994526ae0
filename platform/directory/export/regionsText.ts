import type { LngLat } from '#contract/values/index.ts';
import type { Directory } from '../directory.ts';
import { signedArea } from '../import/regions/geometry.ts';
import type { RegionOrigin } from '../import/regions/readRegions.ts';

/** All regions as GeoJSON, one feature a line: with 50,000 regions a file of one line is nobody's friend. */
export function regionsText(directory: Directory): string {
  const outlines = new Map(directory.rows('polygons').map((polygon) => [polygon.regionId, polygon.rings]));
  const features = directory.rows('regions').map((region) => {
    const kept = directory.originOf('polygons', region.id);
    const origin = kept === null ? null : (JSON.parse(kept) as RegionOrigin);
    const rings = outlines.get(region.id);
    const { id, name, nameEn, level, scheme, code, parentId, center } = region;
    const own = { 平台编号: id, 名称: name, 英文名称: nameEn, 级别: level, 区划代码: code, 上级代码: parentId ?? '', 编码体系: scheme };
    const place = origin === null ? { 中心: center } : { 坐标系: origin.crs, ...(origin.center === null ? {} : { 中心: origin.center }) };
    const geometry = origin?.geometry ?? (rings === undefined ? null : geometryOf(rings));
    return JSON.stringify({ type: 'Feature', properties: { ...own, ...place }, geometry });
  });
  return `{ "type": "FeatureCollection", "features": [\n${features.join(',\n')}\n] }\n`;
}

/** Rings that run clockwise are holes of the one before them. */
function geometryOf(rings: readonly (readonly LngLat[])[]) {
  const polygons: (readonly LngLat[])[][] = [];
  for (const ring of rings) {
    const last = polygons.at(-1);
    if (last !== undefined && signedArea(ring) < 0) last.push(ring);
    else polygons.push([ring]);
  }
  return polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0] } : { type: 'MultiPolygon', coordinates: polygons };
}
