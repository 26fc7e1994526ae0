import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import { type Basemap, packFilePath, packFiles, type PackManifest, tileAddresses } from '#contract/map/index.ts';
import type { ThemeName } from '#renderer/look/index.ts';
import { labelLayers, type MapLanguage } from './labelLayers.ts';
import { landLayers, sourceNames } from './landLayers.ts';
import { borderLayers, buildingLayers, roadLayers } from './lineLayers.ts';
import { type MapPalette, palettes } from './palette.ts';

/** What a map is to look like. */
export type MapLook = {
  readonly theme: ThemeName;
  readonly language: MapLanguage;
  /** The county pack of this window's own origin; null = there is none yet, and only the ground is drawn. */
  readonly pack: PackManifest | null;
  /** What lies under borders and names; absent = the pack. */
  readonly basemap?: Basemap;
};

const pack: Basemap = { kind: 'pack' };

/**
 * The style of a map, complete and without any address but those of the window's own origin and of a basemap that was chosen. Pack and PMTiles
 * sources need `openPackProtocol`, names need `loadMapFonts`. Layers of one's own go below `firstLabelLayer` (there with a pack only).
 */
export function buildMapStyle({ theme, language, pack: manifest, basemap = pack }: MapLook): StyleSpecification {
  const palette = palettes[theme];
  const ground: LayerSpecification = { id: 'ground', type: 'background', paint: { 'background-color': palette.ground } };
  const chosen = basemapParts({ basemap, palette, hasPack: manifest !== null });
  return {
    version: 8,
    sources: { ...(manifest === null ? {} : packSources({ manifest, language })), ...chosen.sources },
    layers: [
      ground,
      ...chosen.layers,
      ...(manifest === null ? [] : [...borderLayers(palette), ...buildingLayers(palette), ...labelLayers(palette, language)]),
    ],
    light: { anchor: 'map', color: '#ffffff', intensity: 0.35, position: [1.3, 315, 40] },
    // Changing themes swaps the style; nothing of it fades.
    transition: { duration: 0, delay: 0 },
  };
}

function packSources({ manifest, language }: { manifest: PackManifest; language: MapLanguage }): Record<string, SourceSpecification> {
  const address = (file: string) => `pmtiles://${packFilePath({ hash: manifest.contentHash, file })}`;
  return {
    [sourceNames.base]: { type: 'vector', url: address(packFiles.base), attribution: manifest.attribution[language] },
    [sourceNames.terrain]: { type: 'raster-dem', url: address(packFiles.terrain), encoding: 'terrarium', tileSize: 256 },
  };
}

type BasemapParts = { readonly sources: Record<string, SourceSpecification>; readonly layers: LayerSpecification[] };

function basemapParts({ basemap, palette, hasPack }: { basemap: Basemap; palette: MapPalette; hasPack: boolean }): BasemapParts {
  switch (basemap.kind) {
    case 'pack':
      return { sources: {}, layers: hasPack ? [...landLayers(palette), ...roadLayers(palette)] : [] };
    case 'pmtiles':
      return addressed({ ...basemap, url: `pmtiles://${basemap.url}` }, palette);
    case 'tileJson':
      return addressed(basemap, palette);
    case 'wmts':
      return wmtsParts(basemap);
  }
}

function addressed(from: { url: string; tiles: 'vector' | 'pictures'; attribution: string }, palette: MapPalette): BasemapParts {
  const { url, attribution } = from;
  switch (from.tiles) {
    case 'pictures':
      return {
        sources: { basemap: { type: 'raster', url, attribution, tileSize: 256 } },
        layers: [{ id: 'basemap', type: 'raster', source: 'basemap' }],
      };
    case 'vector':
      // Vector tiles of others are drawn with the pack's layers, as far as theirs have the same names.
      return {
        sources: { basemap: { type: 'vector', url, attribution } },
        layers: [...landLayers(palette), ...roadLayers(palette)].flatMap(fromBasemap),
      };
  }
}

function fromBasemap(layer: LayerSpecification): LayerSpecification[] {
  return 'source' in layer && layer.source === sourceNames.base ? [{ ...layer, source: 'basemap' }] : [];
}

function wmtsParts(basemap: Extract<Basemap, { kind: 'wmts' }>): BasemapParts {
  const { tileSize, attribution, zooms } = basemap;
  const addresses = tileAddresses(basemap);
  const named = addresses.map((tile, index) => ({ id: `basemap-${index + 1}`, tile }));
  return {
    sources: Object.fromEntries(
      named.map(({ id, tile }) => [
        id,
        { type: 'raster', tiles: [tile], tileSize, attribution, minzoom: zooms[0], maxzoom: zooms[1] } as const,
      ]),
    ),
    layers: named.map(({ id }) => ({ id, type: 'raster', source: id })),
  };
}
