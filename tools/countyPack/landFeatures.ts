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
  const { demo, plane } = land;
  const ring = (points: Ring) => points.map((point) => plane.toLngLat(point));
  const area = (rings: readonly (readonly LngLat[])[], properties: object) =>
    feature({ type: 'Polygon', coordinates: rings.map(pairs) }, properties);
  const rootId = demo.regions.find(({ level }) => level === 'county')?.id;
  const county = demo.polygons.filter(({ regionId }) => regionId === rootId).flatMap(({ rings }) => rings);
  const layer = (name: keyof typeof baseLayers, from: number, features: readonly GeoJSON.Feature[]): LayerFeatures => ({
    layer: baseLayers[name],
    zooms: [from, lastZoom],
    features,
  });
  const level = (of: Border['level']) =>
    land.borders.filter((border) => border.level === of).map(({ line }) => lineOf(line, { level: of }));
  const road = (of: RoadLine['class']) =>
    land.roads.filter((one) => one.class === of).map(({ line, name, nameEn }) => lineOf(line, { class: of, ...namesOf(name, nameEn) }));
  const places = (kinds: readonly string[]) => land.labels.filter(({ kind }) => kinds.includes(kind)).map(placeOf);
  return [
    layer('landCover', 0, [area(county, { kind: 'county' }), area(county, { kind: 'forest' })]),
    layer(
      'landCover',
      8,
      land.fields.map((points) => area([ring(points)], { kind: 'field' })),
    ),
    layer(
      'landCover',
      9,
      land.builtUp.map((points) => area([ring(points)], { kind: 'builtUp' })),
    ),
    layer(
      'water',
      8,
      land.reservoirs.map((points) => area([ring(points)], {})),
    ),
    layer(
      'river',
      0,
      demo.rivers.map(({ line, name, nameEn, widthM }) => lineOf(line, { width_m: widthM, ...namesOf(name, nameEn) })),
    ),
    layer('road', 0, [...road('national'), ...road('county')]),
    layer('road', 9, road('village')),
    layer('road', 12, road('street')),
    layer(
      'building',
      13,
      land.buildings.map(({ ring: points, heightM }) => area([ring(points)], { height_m: heightM })),
    ),
    layer('boundary', 0, [...level('county'), ...level('town')]),
    layer('boundary', 9, level('village')),
    layer('boundary', 10, level('grid')),
    layer('place', 0, places(['county', 'town'])),
    layer('place', 9, places(['village', 'peak', 'reservoir'])),
  ];
}

function placeOf({ kind, name, nameEn, at, rank, heightM, regionId }: Label): GeoJSON.Feature {
  const named = {
    kind,
    rank,
    ...namesOf(name, nameEn),
    ...(heightM === undefined ? {} : { height_m: heightM }),
    ...(regionId === null ? {} : { region_id: regionId }),
  };
  return feature({ type: 'Point', coordinates: [...at] }, named);
}

function lineOf(line: readonly LngLat[], properties: object): GeoJSON.Feature {
  return feature({ type: 'LineString', coordinates: pairs(line) }, properties);
}

function namesOf(name: string, nameEn: string): object {
  return name === '' ? {} : { name_zh: name, name_en: nameEn };
}

function feature(geometry: GeoJSON.Geometry, properties: object): GeoJSON.Feature {
  return { type: 'Feature', geometry, properties: { ...properties } };
}

function pairs(line: readonly LngLat[]): number[][] {
  return line.map((place) => [...place]);
}
