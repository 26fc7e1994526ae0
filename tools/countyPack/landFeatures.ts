import type { Feature, Geometry } from 'geojson';
import { baseLayers } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import type { Border } from './borders.ts';
import type { Building } from './buildings.ts';
import type { Ring } from './cover.ts';
import type { Demo } from './heightField.ts';
import type { Label } from './names.ts';
import type { Plane } from './plane.ts';
import type { RoadLine } from './roadNet.ts';
import type { LayerFeatures } from './vectorTiles.ts';

/** Everything that is drawn of a county, as it was invented. */
export type Land = {
  readonly demo: Demo;
  readonly plane: Plane;
  readonly fields: readonly Ring[];
  readonly builtUp: readonly Ring[];
  readonly reservoirs: readonly Ring[];
  readonly roads: readonly (RoadLine & { readonly name: string; readonly nameEn: string })[];
  readonly buildings: readonly Building[];
  readonly borders: readonly Border[];
  readonly labels: readonly Label[];
};

const lastZoom = 22;

/** The layers of the base archive with the zooms that show them; finer things come as one comes nearer. */
export function layersOf(land: Land): LayerFeatures[] {
  return [...coverLayers(land), ...lineLayers(land), ...placeLayers(land)];
}

function layer(name: keyof typeof baseLayers, from: number, features: readonly Feature[]): LayerFeatures {
  return { layer: baseLayers[name], zooms: [from, lastZoom], features };
}

function coverLayers({ demo, plane, fields, builtUp, reservoirs, buildings }: Land): LayerFeatures[] {
  const rootId = demo.regions.find(({ level }) => level === 'county')?.id;
  const county = demo.polygons.filter(({ regionId }) => regionId === rootId).flatMap(({ rings }) => rings);
  const patch = (points: Ring, properties: object) => areaOf([points.map((point) => plane.toLngLat(point))], properties);
  return [
    layer('landCover', 0, [
      areaOf(county, { kind: 'county' }),
      areaOf(county, { kind: 'forest' }),
      areaOf([frameAround(plane), ...county], { kind: 'beyond' }),
    ]),
    layer(
      'landCover',
      8,
      fields.map((points) => patch(points, { kind: 'field' })),
    ),
    layer(
      'landCover',
      9,
      builtUp.map((points) => patch(points, { kind: 'builtUp' })),
    ),
    layer(
      'water',
      8,
      reservoirs.map((points) => patch(points, {})),
    ),
    layer(
      'building',
      13,
      buildings.map(({ ring, heightM }) => patch(ring, { height_m: heightM })),
    ),
  ];
}

function lineLayers({ demo, roads, borders }: Land): LayerFeatures[] {
  const level = (of: Border['level']) => borders.filter((border) => border.level === of).map(({ line }) => lineOf(line, { level: of }));
  const road = (of: RoadLine['class']) =>
    roads.filter((one) => one.class === of).map(({ line, name, nameEn }) => lineOf(line, { class: of, ...namesOf(name, nameEn) }));
  const rivers = demo.rivers.map(({ line, name, nameEn, widthM }) => lineOf(line, { width_m: widthM, ...namesOf(name, nameEn) }));
  return [
    layer('river', 0, rivers),
    layer('road', 0, [...road('national'), ...road('county')]),
    layer('road', 9, road('village')),
    layer('road', 12, road('street')),
    layer('boundary', 0, [...level('county'), ...level('town')]),
    layer('boundary', 9, level('village')),
    layer('boundary', 10, level('grid')),
  ];
}

function placeLayers({ labels }: Land): LayerFeatures[] {
  const places = (kinds: readonly string[]) => labels.filter(({ kind }) => kinds.includes(kind)).map(placeOf);
  return [layer('place', 0, places(['county', 'town'])), layer('place', 9, places(['village', 'peak', 'reservoir']))];
}

/** Far enough around the county that no edge of it shows at any zoom that has tiles. */
function frameAround({ bounds: [west, south, east, north] }: Plane): LngLat[] {
  const far = 6;
  return [
    [west - far, south - far],
    [east + far, south - far],
    [east + far, north + far],
    [west - far, north + far],
    [west - far, south - far],
  ];
}

function placeOf({ kind, name, nameEn, at, rank, heightM, regionId }: Label): Feature {
  const named = {
    kind,
    rank,
    ...namesOf(name, nameEn),
    ...(heightM === undefined ? {} : { height_m: heightM }),
    ...(regionId === null ? {} : { region_id: regionId }),
  };
  return feature({ type: 'Point', coordinates: [...at] }, named);
}

function areaOf(rings: readonly (readonly LngLat[])[], properties: object): Feature {
  return feature({ type: 'Polygon', coordinates: rings.map(pairs) }, properties);
}

function lineOf(line: readonly LngLat[], properties: object): Feature {
  return feature({ type: 'LineString', coordinates: pairs(line) }, properties);
}

function namesOf(name: string, nameEn: string): object {
  return name === '' ? {} : { name_zh: name, name_en: nameEn };
}

function feature(geometry: Geometry, properties: object): Feature {
  return { type: 'Feature', geometry, properties: { ...properties } };
}

function pairs(line: readonly LngLat[]): number[][] {
  return line.map((place) => [...place]);
}
