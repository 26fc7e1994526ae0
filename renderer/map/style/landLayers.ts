import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { baseLayers } from '#contract/map/index.ts';
import type { MapPalette } from './palette.ts';

/** Names of the sources that the layers below draw from. */
export const sourceNames = { base: 'pack', terrain: 'pack-terrain' } as const;

const base = sourceNames.base;

/** The land itself, from below upwards: cover, hills, water. */
export function landLayers(palette: MapPalette): LayerSpecification[] {
  const cover = (kind: string, color: string, minzoom: number): LayerSpecification => ({
    id: `land-${kind}`,
    type: 'fill',
    source: base,
    'source-layer': baseLayers.landCover,
    minzoom,
    filter: ['==', ['get', 'kind'], kind],
    paint: { 'fill-color': color, 'fill-antialias': kind === 'county' },
  });
  return [
    cover('county', palette.land, 0),
    cover('forest', palette.forest, 8),
    cover('field', palette.field, 9),
    cover('builtUp', palette.builtUp, 10.5),
    {
      id: 'hills',
      type: 'hillshade',
      source: sourceNames.terrain,
      paint: {
        'hillshade-exaggeration': palette.relief,
        'hillshade-shadow-color': palette.shadow,
        'hillshade-highlight-color': palette.highlight,
        'hillshade-accent-color': palette.shadow,
        'hillshade-illumination-direction': 315,
        'hillshade-illumination-anchor': 'map',
      },
    },
    // What lies beyond the county is told by its hills only, and faintly.
    {
      id: 'beyond',
      type: 'fill',
      source: base,
      'source-layer': baseLayers.landCover,
      filter: ['==', ['get', 'kind'], 'beyond'],
      paint: { 'fill-color': palette.ground, 'fill-opacity': 0.72, 'fill-antialias': false },
    },
    {
      id: 'water',
      type: 'fill',
      source: base,
      'source-layer': baseLayers.water,
      paint: { 'fill-color': palette.water },
    },
    {
      id: 'rivers',
      type: 'line',
      source: base,
      'source-layer': baseLayers.river,
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': palette.water, 'line-width': riverWidth },
    },
  ];
}

/** Screen widths that read as a river from afar and come to its true metres when near (one pixel = 9.55 m at zoom 14). */
const riverWidth: ExpressionSpecification = [
  'interpolate',
  ['exponential', 2],
  ['zoom'],
  7,
  ['max', 0.7, ['/', ['get', 'width_m'], 80]],
  11,
  ['max', 1.2, ['/', ['get', 'width_m'], 32]],
  14,
  ['/', ['get', 'width_m'], 8],
  18,
  ['*', ['get', 'width_m'], 2],
];
