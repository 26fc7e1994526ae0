import type { Map as LibreMap } from 'maplibre-gl';

/** What of the land only looks good: the shading of hills, and houses. */
const effects: readonly string[] = ['hillshade', 'fill-extrusion'];

// Above what any map zooms to.
const nowhere = 99;
// What a layer that is left out begins at by itself; layers of another style are other objects.
const ownBegin = new WeakMap<object, number>();

/**
 * Draws a map's land with all effects or without, from the next frame on; to be said again when it has another style. This is said at each move
 * of a map on a slow machine: `setLayoutProperty` would have all tiles of the source made again each time, so the layer itself is told.
 */
export function showLandEffects(map: LibreMap, land: 'full' | 'plain'): void {
  for (const id of map.getLayersOrder()) {
    const layer = map.getLayer(id);
    if (layer === undefined || !effects.includes(layer.type)) continue;
    const begin = ownBegin.get(layer) ?? layer.minzoom ?? 0;
    ownBegin.set(layer, begin);
    layer.minzoom = land === 'full' ? begin : nowhere;
  }
  // Says nothing new, and has the style look again which of its sources are in use.
  map.setLight(map.getLight());
}

/** Whether houses are drawn where the map looks now. */
export function hasHouses(map: LibreMap): boolean {
  const zoom = map.getZoom();
  return map.getLayersOrder().some((id) => {
    const layer = map.getLayer(id);
    return layer?.type === 'fill-extrusion' && !layer.isHidden(zoom);
  });
}
