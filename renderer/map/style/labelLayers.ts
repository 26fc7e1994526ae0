import type { ExpressionSpecification, LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import { baseLayers } from '#contract/map/index.ts';
import { sourceNames } from './landLayers.ts';
import { labelFonts } from './mapFonts.ts';
import type { MapPalette } from './palette.ts';
import { scaledLayer } from './scaledLayer.ts';

const base = sourceNames.base;

/** The lowest layer of names. What is drawn in three dimensions goes below it: `addLayer(layer, firstLabelLayer)`. */
export const firstLabelLayer = 'names-rivers';

/** The language that names are written in; where a place has no name in it, the other one. */
export type MapLanguage = 'zh' | 'en';

/** Names, from below upwards; whichever is higher is placed first. `scale`: 1 for who sits before it, more for a wall that is read from afar. */
export function labelLayers(palette: MapPalette, { language, scale }: { language: MapLanguage; scale: number }): LayerSpecification[] {
  const name: ExpressionSpecification =
    language === 'zh' ? ['coalesce', ['get', 'name_zh'], ['get', 'name_en']] : ['coalesce', ['get', 'name_en'], ['get', 'name_zh']];
  const layers = [
    linesOf({ id: firstLabelLayer, layer: baseLayers.river, name, color: palette.waterText, halo: palette.halo, from: 9, spacing: 420 }),
    linesOf({ id: 'names-roads', layer: baseLayers.road, name, color: palette.textFaint, halo: palette.halo, from: 11, spacing: 320 }),
    peaks({ name, palette }),
    placesOf({ kinds: ['reservoir'], id: 'names-reservoirs', name, from: 10, sizes: [11, 13], color: palette.waterText, palette }),
    placesOf({ kinds: ['village'], id: 'names-villages', name, from: 10, sizes: [11, 15], color: palette.textSoft, palette }),
    placesOf({ kinds: ['town'], id: 'names-towns', name, from: 7, sizes: [13, 20], color: palette.text, palette }),
    placesOf({ kinds: ['county'], id: 'names-county', name, from: 0, to: 8.2, sizes: [16, 22], color: palette.text, palette }),
  ];
  return layers.map((layer) => scaledLayer(layer, scale));
}

type Lines = {
  readonly id: string;
  readonly layer: string;
  readonly name: ExpressionSpecification;
  readonly color: string;
  readonly halo: string;
  readonly from: number;
  readonly spacing: number;
};

function linesOf({ id, layer, name, color, halo, from, spacing }: Lines): SymbolLayerSpecification {
  return {
    id,
    type: 'symbol',
    source: base,
    'source-layer': layer,
    minzoom: from,
    // Names of side streets come when there is room for them.
    ...(layer === baseLayers.road
      ? { filter: ['any', ['in', ['get', 'class'], ['literal', ['national', 'county']]], ['>=', ['zoom'], 13]] }
      : {}),
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': spacing,
      'text-field': name,
      'text-font': [...labelFonts.regular],
      'text-size': ['interpolate', ['linear'], ['zoom'], 9, 11, 15, 14],
      'text-letter-spacing': 0.08,
      'text-max-angle': 30,
      // Seen aslant, letters that lie on the ground would stand on each other.
      'text-pitch-alignment': 'viewport',
      'text-padding': 6,
    },
    paint: { 'text-color': color, 'text-halo-color': halo, 'text-halo-width': 1.4 },
  };
}

type Places = {
  readonly kinds: readonly string[];
  readonly id: string;
  readonly name: ExpressionSpecification;
  readonly from: number;
  readonly to?: number;
  readonly sizes: readonly [number, number];
  readonly color: string;
  readonly palette: MapPalette;
};

function placesOf({ kinds, id, name, from, to, sizes, color, palette }: Places): SymbolLayerSpecification {
  return {
    id,
    type: 'symbol',
    source: base,
    'source-layer': baseLayers.place,
    minzoom: from,
    ...(to === undefined ? {} : { maxzoom: to }),
    filter: ['in', ['get', 'kind'], ['literal', [...kinds]]],
    layout: {
      'symbol-sort-key': ['get', 'rank'],
      'text-field': name,
      'text-font': [...(kinds.includes('village') || kinds.includes('reservoir') ? labelFonts.regular : labelFonts.strong)],
      'text-size': ['interpolate', ['linear'], ['zoom'], Math.max(from, 7), sizes[0], 15, sizes[1]],
      'text-max-width': 9,
      'text-padding': 4,
    },
    paint: { 'text-color': color, 'text-halo-color': palette.halo, 'text-halo-width': 1.6, 'text-halo-blur': 0.4 },
  };
}

function peaks({ name, palette }: { name: ExpressionSpecification; palette: MapPalette }): SymbolLayerSpecification {
  return {
    id: 'names-peaks',
    type: 'symbol',
    source: base,
    'source-layer': baseLayers.place,
    minzoom: 10.5,
    filter: ['==', ['get', 'kind'], 'peak'],
    layout: {
      'symbol-sort-key': ['get', 'rank'],
      'text-field': ['concat', '▲ ', name, '\n', ['to-string', ['get', 'height_m']], ' m'],
      'text-font': [...labelFonts.regular],
      'text-size': 11,
      'text-padding': 10,
    },
    paint: { 'text-color': palette.textFaint, 'text-halo-color': palette.halo, 'text-halo-width': 1.2 },
  };
}
