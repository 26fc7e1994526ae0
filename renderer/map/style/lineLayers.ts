import type { ExpressionSpecification, LayerSpecification, LineLayerSpecification } from 'maplibre-gl';
import { baseLayers, type RoadClass } from '#contract/map/index.ts';
import { sourceNames } from './landLayers.ts';
import type { MapPalette } from './palette.ts';
import { scaledLayer } from './scaledLayer.ts';

const base = sourceNames.base;

// Widths in pixels at zooms 8, 12 and 16.
const roads: readonly { readonly name: RoadClass; readonly from: number; readonly widths: readonly [number, number, number] }[] = [
  { name: 'street', from: 13, widths: [0.2, 0.5, 5] },
  { name: 'village', from: 10, widths: [0.3, 1, 6] },
  { name: 'county', from: 8, widths: [0.7, 1.8, 8.5] },
  { name: 'national', from: 6, widths: [1.3, 2.8, 12] },
];

/** Roads by class, the greatest on top; a casing parts them from the land when near. */
export function roadLayers(palette: MapPalette): LayerSpecification[] {
  const layer = (part: 'casing' | 'road', { name, from, widths }: (typeof roads)[number]): LayerSpecification => ({
    id: `${part}-${name}`,
    type: 'line',
    source: base,
    'source-layer': baseLayers.road,
    minzoom: part === 'casing' ? Math.max(from, 10) : from,
    filter: ['==', ['get', 'class'], name],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': part === 'casing' ? palette.roadCasing : palette.roads[name],
      'line-width': widthBy(widths, part === 'casing' ? 1.6 : 0),
    },
  });
  return [...roads.map((road) => layer('casing', road)), ...roads.map((road) => layer('road', road))];
}

function widthBy([far, middle, near]: readonly [number, number, number], plus: number): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.5], ['zoom'], 8, far + plus * 0.3, 12, middle + plus, 16, near + plus * 1.5];
}

/** Houses of towns and villages, muted: they show where people live and hide what lies behind them. */
export function buildingLayers(palette: MapPalette): LayerSpecification[] {
  return [
    {
      id: 'buildings',
      type: 'fill-extrusion',
      source: base,
      'source-layer': baseLayers.building,
      minzoom: 13,
      paint: {
        'fill-extrusion-color': palette.building,
        'fill-extrusion-height': ['interpolate', ['linear'], ['zoom'], 13, 0, 14, ['get', 'height_m']],
        'fill-extrusion-opacity': 0.85,
        'fill-extrusion-vertical-gradient': true,
      },
    },
  ];
}

/** Borders by level; finer ones appear as one comes nearer. `scale` as of names: a border must be seen as far as they are read. */
export function borderLayers(palette: MapPalette, { scale }: { scale: number }): LayerSpecification[] {
  const border = (
    level: keyof MapPalette['borders'],
    { from, widths, dash }: { from: number; widths: readonly [number, number]; dash?: number[] },
  ): LineLayerSpecification => ({
    id: `border-${level}`,
    type: 'line',
    source: base,
    'source-layer': baseLayers.boundary,
    minzoom: from,
    filter: ['==', ['get', 'level'], level],
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': palette.borders[level],
      'line-width': ['interpolate', ['linear'], ['zoom'], 8, widths[0], 15, widths[1]],
      ...(dash === undefined ? {} : { 'line-dasharray': dash }),
    },
  });
  return [
    border('grid', { from: 11, widths: [0.3, 1.2], dash: [3, 2] }),
    border('village', { from: 10, widths: [0.4, 1.6] }),
    border('town', { from: 7, widths: [0.8, 2.4] }),
    border('county', { from: 0, widths: [1.4, 3.6] }),
  ].map((layer) => scaledLayer(layer, scale));
}
