import type { Feature } from 'geojson';
import { gzipSync } from 'node:zlib';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import GeoJSONVT, { type LegacyTile } from 'geojson-vt';
import { type Tile, writePmtiles } from './pmtilesFile.ts';
import { tilesWithin } from './tileGrid.ts';

/** Features of one layer and the zooms that have them. */
export type LayerFeatures = {
  readonly layer: string;
  readonly zooms: readonly [number, number];
  readonly features: readonly Feature[];
};

type Archive = {
  readonly layers: readonly LayerFeatures[];
  readonly bounds: readonly [number, number, number, number];
  readonly zooms: readonly [number, number];
  readonly attribution: string;
};

const extent = 4_096;

/** Cuts layers into vector tiles (MVT 2.1), gzipped, in one archive. Tiles without anything are left out. */
export function vectorArchive({ layers, bounds, zooms, attribution }: Archive): Uint8Array {
  const cut = layers.map(({ features, ...rest }) => ({
    ...rest,
    index: new GeoJSONVT(
      { type: 'FeatureCollection', features: [...features] },
      { maxZoom: zooms[1], indexMaxZoom: 6, tolerance: 3, extent, buffer: 64 },
    ),
  }));
  const tiles: Tile[] = [];
  for (const { z, x, y } of tilesWithin({ bounds, zooms })) {
    const parts = new Map<string, LegacyTile['features']>();
    for (const {
      layer,
      zooms: [from, to],
      index,
    } of cut) {
      const part = z >= from && z <= to ? index.getTile(z, x, y) : null;
      if (part !== null && part.features.length > 0) parts.set(layer, [...(parts.get(layer) ?? []), ...part.features]);
    }
    if (parts.size === 0) continue;
    const drawn = Object.fromEntries([...parts].map(([layer, features]) => [layer, { features }]));
    const bytes = fromGeojsonVt(drawn as Parameters<typeof fromGeojsonVt>[0], { version: 2, extent });
    tiles.push({ z, x, y, bytes: gzipSync(bytes, { level: 7 }) });
  }
  return writePmtiles(tiles, { kind: 'mvt', zooms, bounds, metadata: metadataOf({ layers, attribution }) });
}

function metadataOf({ layers, attribution }: Pick<Archive, 'layers' | 'attribution'>): object {
  const names = [...new Set(layers.map(({ layer }) => layer))];
  return {
    name: 'county',
    attribution,
    vector_layers: names.map((id) => {
      const parts = layers.filter(({ layer }) => layer === id);
      const fields = Object.fromEntries(
        parts.flatMap(({ features }) => Object.keys(features[0]?.properties ?? {})).map((field) => [field, 'String']),
      );
      return {
        id,
        fields,
        minzoom: Math.min(...parts.map(({ zooms }) => zooms[0])),
        maxzoom: Math.max(...parts.map(({ zooms }) => zooms[1])),
      };
    }),
  };
}
