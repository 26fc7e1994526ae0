import { VectorTile } from '@mapbox/vector-tile';
import PbfReader from 'pbf';
import type { PMTiles } from 'pmtiles';
import { baseLayers, eastShrink, metresPerDegree } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import type { Building } from '../sight/buildings.ts';

/** Reads the buildings around a place (WGS-84, `withinM` metres to each side) from the finest tiles of a pack's land. */
export async function readBuildings(tiles: PMTiles, { at, withinM }: { at: LngLat; withinM: number }): Promise<Building[]> {
  const { maxZoom } = await tiles.getHeader();
  const north = withinM / metresPerDegree;
  const east = north / eastShrink(at[1]);
  const [west, top] = tileOf({ at: [at[0] - east, at[1] + north], zoom: maxZoom });
  const [right, bottom] = tileOf({ at: [at[0] + east, at[1] - north], zoom: maxZoom });
  const wanted: Promise<Building[]>[] = [];
  for (let x = west; x <= right; x += 1) {
    for (let y = top; y <= bottom; y += 1) wanted.push(buildingsOfTile(tiles, { x, y, zoom: maxZoom }));
  }
  return (await Promise.all(wanted)).flat();
}

type TilePlace = { readonly x: number; readonly y: number; readonly zoom: number };

async function buildingsOfTile(tiles: PMTiles, { x, y, zoom }: TilePlace): Promise<Building[]> {
  const tile = await tiles.getZxy(zoom, x, y);
  if (tile === undefined) return [];
  const layer = new VectorTile(new PbfReader(new Uint8Array(tile.data))).layers[baseLayers.building];
  if (layer === undefined) return [];
  const buildings: Building[] = [];
  for (let index = 0; index < layer.length; index += 1) {
    const feature = layer.feature(index);
    const heightM = Number(feature.properties['height_m']);
    if (feature.type !== 3 || !Number.isFinite(heightM)) continue;
    const place = placeIn({ x, y, zoom, extent: feature.extent });
    buildings.push({ heightM, rings: feature.loadGeometry().map((ring) => ring.map(place)) });
  }
  return buildings;
}

/** Turns a point of a tile (Web Mercator, `extent` steps to a side) into a place. */
function placeIn({ x, y, zoom, extent }: TilePlace & { readonly extent: number }): (point: { x: number; y: number }) => LngLat {
  const world = extent * 2 ** zoom;
  return (point) => {
    const [right, down] = [(point.x + extent * x) / world, (point.y + extent * y) / world];
    return [right * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - 2 * down))) * 180) / Math.PI];
  };
}

function tileOf({ at: [lng, lat], zoom }: { at: LngLat; zoom: number }): [number, number] {
  const down = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  return [Math.floor(((lng + 180) / 360) * 2 ** zoom), Math.floor(down * 2 ** zoom)];
}
