import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import { packFilePath, packFiles, type PackManifest } from '#contract/map/index.ts';
import type { ThemeName } from '#renderer/look/index.ts';
import { type GroundSheet, groundTiles } from '../ground/index.ts';
import { labelLayers, type MapLanguage } from './labelLayers.ts';
import { landLayers, sourceNames } from './landLayers.ts';
import { borderLayers, buildingLayers, roadLayers } from './lineLayers.ts';
import { type MapPalette, palettes } from './palette.ts';

/** What a map is to look like. */
export type MapLook = {
  readonly theme: ThemeName;
  readonly language: MapLanguage;
  /** How much larger names are, and borders wider, than for somebody who sits before them; absent = 1. */
  readonly scale?: number;
  /** The county pack of this window's own origin; null = there is none yet, and only the ground is drawn. */
  readonly pack: PackManifest | null;
  /** What lies under borders and names; absent = the pack. */
  readonly ground?: MapGroundLook;
};

/** The land of the pack, or the tiles of another source (`openGround`); no sheets = they are not there yet. */
export type MapGroundLook = { readonly kind: 'pack' } | { readonly kind: 'pictures' | 'vector'; readonly sheets: readonly GroundSheet[] };

/**
 * The style of a map, complete and without any address but those of the window's own origin. The pack's sources need `openPackProtocol`, another
 * ground needs the protocol of `openGround`, names need `loadMapFonts`. Layers of one's own go below `firstLabelLayer` (there with a pack only).
 */
export function buildMapStyle({ theme, language, scale = 1, pack: manifest, ground = { kind: 'pack' } }: MapLook): StyleSpecification {
  const palette = palettes[theme];
  const beneath: LayerSpecification = { id: 'ground', type: 'background', paint: { 'background-color': palette.ground } };
  const chosen = groundParts({ ground, palette, hasPack: manifest !== null });
  return {
    version: 8,
    sources: { ...(manifest === null ? {} : packSources({ manifest, language })), ...chosen.sources },
    layers: [
      beneath,
      ...chosen.layers,
      ...(manifest === null
        ? []
        : [...borderLayers(palette, { scale }), ...buildingLayers(palette), ...labelLayers(palette, { language, scale })]),
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

type GroundParts = { readonly sources: Record<string, SourceSpecification>; readonly layers: LayerSpecification[] };

function groundParts({ ground, palette, hasPack }: { ground: MapGroundLook; palette: MapPalette; hasPack: boolean }): GroundParts {
  switch (ground.kind) {
    case 'pack':
      return { sources: {}, layers: hasPack ? [...landLayers(palette), ...roadLayers(palette)] : [] };
    case 'pictures':
      return sheetsOf(ground, (source) => [{ id: source, type: 'raster', source, paint: palette.pictures }]);
    case 'vector':
      // Vector tiles of others are drawn with the pack's layers, as far as theirs have the same names.
      return sheetsOf(ground, (source) => [...landLayers(palette), ...roadLayers(palette)].flatMap((layer) => drawnFrom(layer, source)));
  }
}

// As far as the web's grid of tiles goes; the style specification's own default.
const wholeEarth = [-180, -85.051129, 180, 85.051129] as const;

/** The name of a sheet's source. */
export function groundSource(index: number): string {
  return `ground-${index + 1}`;
}

function sheetsOf(ground: Extract<MapGroundLook, { sheets: unknown }>, layersOf: (source: string) => LayerSpecification[]): GroundParts {
  const named = ground.sheets.map((sheet, index) => ({ sheet, index, source: groundSource(index) }));
  return {
    sources: Object.fromEntries(
      named.map(({ sheet: { zooms, bounds, rows, tileSize }, index, source }) => {
        const scheme: 'xyz' | 'tms' = rows === 'fromNorth' ? 'xyz' : 'tms';
        const [west, south, east, north] = bounds ?? wholeEarth;
        const tiled = { tiles: [groundTiles(index)], minzoom: zooms[0], maxzoom: zooms[1], scheme };
        const where: { bounds: [number, number, number, number] } = { bounds: [west, south, east, north] };
        const kind = ground.kind === 'pictures' ? ({ type: 'raster', tileSize } as const) : ({ type: 'vector' } as const);
        return [source, { ...kind, ...tiled, ...where }] as const;
      }),
    ),
    layers: named.flatMap(({ source }) => layersOf(source)),
  };
}

function drawnFrom(layer: LayerSpecification, source: string): LayerSpecification[] {
  return 'source' in layer && layer.source === sourceNames.base ? [{ ...layer, source }] : [];
}
